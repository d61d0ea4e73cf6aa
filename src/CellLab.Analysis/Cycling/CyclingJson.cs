using System.Text.Json;
using System.Text.Json.Serialization;

namespace CellLab.Analysis.Cycling;

/// <summary>JSON of state and results; doubles are written so that they come back bit for bit.</summary>
public static class CyclingJson
{
    public static string Write(CyclingState state) => JsonSerializer.Serialize(state, CyclingJsonContext.Default.CyclingState);

    /// <returns>Null when the text was written by another version of the arithmetic: the records have to be read again.</returns>
    public static CyclingState? ReadState(string text)
    {
        CyclingState? state = JsonSerializer.Deserialize(text, CyclingJsonContext.Default.CyclingState);
        return state?.Method == CyclingState.MethodVersion ? state : null;
    }

    public static string Write(CycleResult result) => JsonSerializer.Serialize(result, CyclingJsonContext.Default.CycleResult);

    /// <exception cref="JsonException">The text is no cycle result.</exception>
    public static CycleResult ReadCycle(string text) =>
        JsonSerializer.Deserialize(text, CyclingJsonContext.Default.CycleResult) ?? throw new JsonException("a cycle result is missing");

    public static string Write(Finding finding) => JsonSerializer.Serialize(finding, CyclingJsonContext.Default.Finding);

    /// <exception cref="JsonException">The text is no finding.</exception>
    public static Finding ReadFinding(string text) =>
        JsonSerializer.Deserialize(text, CyclingJsonContext.Default.Finding) ?? throw new JsonException("a finding is missing");
}

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(CyclingState))]
[JsonSerializable(typeof(CycleResult))]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(CycleView))]
internal sealed partial class CyclingJsonContext : JsonSerializerContext;
