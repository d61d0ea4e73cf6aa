using CellLab.Core.Protocols;

namespace CellLab.Tests.Core.Protocols;

/// <summary>Small unicycler files for tests.</summary>
internal static class UnicyclerTexts
{
    public const string Charge = """{"step": "constant_current", "rate_C": 0.1, "until_voltage_V": 4.8}""";
    public const string Discharge = """{"step": "constant_current", "rate_C": "D/10", "until_voltage_V": 2.0}""";
    public const string Rest = """{"step": "open_circuit_voltage", "until_time_s": 60}""";

    /// <summary>A file with these steps, capacity 0.5 mAh.</summary>
    public static string Method(params string[] steps) => With("", steps);

    /// <summary>A file with further root members, each ending in a comma.</summary>
    public static string With(string members, params string[] steps) =>
        $$"""{"sample": {"capacity_mAh": "0.5"}, "record": {"time_s": 30}, {{members}} "method": [{{string.Join(", ", steps)}}]}""";

    public static string Tag(string tag) => $$"""{"step": "tag", "tag": "{{tag}}"}""";

    public static string Loop(object target, int passes) =>
        $$"""{"step": "loop", "loop_to": {{(target is string tag ? $"\"{tag}\"" : target)}}, "cycle_count": {{passes}}}""";

    public static Protocol Read(string text)
    {
        ProtocolReading reading = ProtocolReader.Read("test.json", text);
        Assert.Empty(reading.Errors);
        return reading.Protocol!;
    }
}
