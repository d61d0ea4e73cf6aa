using CellLab.Core.Protocols;

namespace CellLab.Tests.Core.Protocols.PyBamm;

/// <summary>Small experiments for tests.</summary>
internal static class PyBammTexts
{
    public static Protocol Read(string text, string file = "test.txt")
    {
        ProtocolReading reading = ProtocolReader.Read(file, text);
        Assert.Empty(reading.Errors);
        return reading.Protocol!;
    }

    public static ProtocolStep Step(string sentence) => Read(sentence).Steps.Single() with { At = default };

    /// <summary>Kinds and, for loops, passes: <c>tag constant_current loop x3</c>.</summary>
    public static string Shape(Protocol protocol) =>
        string.Join(' ', protocol.Steps.Select(step => step is LoopBack loop ? FormattableString.Invariant($"loop x{loop.Passes}") : step.Kind));
}
