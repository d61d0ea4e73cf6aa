namespace CellLab.Drivers.SrsRga.Wire;

/// <summary>One error byte: the command that reads it, its bit in STATUS, and the meaning of its bits (SRS RGA manual, error reporting).</summary>
internal sealed record RgaErrorByte(string Command, RgaStatus Bit, string Subject, IReadOnlyDictionary<int, string> Meanings)
{
    public static IReadOnlyList<RgaErrorByte> All { get; } =
    [
        new("EC", RgaStatus.Communication, "communication", new Dictionary<int, string>
        {
            [0] = "unknown command", [1] = "bad parameter", [2] = "command too long", [3] = "input overwritten", [4] = "output overwritten",
            [5] = "tuning is protected by a jumper", [6] = "parameters contradict each other",
        }),
        new("EF", RgaStatus.Filament, "filament", new Dictionary<int, string>
        {
            [0] = "only one filament is left", [5] = "the pressure is too high", [6] = "the emission current cannot be reached",
            [7] = "no filament",
        }),
        new("EM", RgaStatus.Multiplier, "multiplier", new Dictionary<int, string> { [7] = "no multiplier is fitted" }),
        new("EQ", RgaStatus.MassFilter, "mass filter", new Dictionary<int, string>
        {
            [4] = "its supply limits the current", [6] = "its primary current exceeds 2.0 A", [7] = "its RF drive is near the limit",
        }),
        new("ED", RgaStatus.Detector, "detector", new Dictionary<int, string>
        {
            [1] = "amplifier offset out of range", [3] = "compensation fails at -5 nA", [4] = "compensation fails at +5 nA",
            [5] = "detection fails at -5 nA", [6] = "detection fails at +5 nA", [7] = "converter test fails",
        }),
        new("EP", RgaStatus.Supply, "supply", new Dictionary<int, string> { [6] = "below 22 V", [7] = "above 26 V" }),
    ];

    /// <summary>One sentence for every bit that is set; a bit without a known meaning is shown as its number.</summary>
    public IEnumerable<string> Describe(int value) =>
        Enumerable.Range(0, 8).Where(bit => (value >> bit & 1) == 1).Select(bit => $"{Subject}: {Meanings.GetValueOrDefault(bit, $"bit {bit} of {Command}?")}");
}
