namespace CellLab.HardwareSim.SrsRga;

/// <summary>What a command leads to on the wire.</summary>
/// <param name="Text">Sent when <paramref name="Seconds"/> of lab time have passed; null for none.</param>
/// <param name="Words">Ion currents to come; null for none.</param>
/// <param name="EndsWithStatus">The text is the STATUS byte as it is at the end of that time.</param>
/// <param name="AnyByteStops">Input during the time ends it without a text (degas).</param>
internal sealed record RgaAnswer(
    string? Text = null, double Seconds = 0, RgaScan? Words = null, bool EndsWithStatus = false, bool AnyByteStops = false)
{
    public static RgaAnswer Silent { get; } = new();

    public static RgaAnswer Status(double seconds) => new(Seconds: seconds, EndsWithStatus: true);
}

/// <summary>Words to send: so many blocks (null: without end) of points, each followed by the total ion current where wanted.</summary>
internal sealed record RgaScan(IReadOnlyList<double> Masses, double SecondsEach, double LeadSeconds, int? Blocks, bool EndsWithTotal);
