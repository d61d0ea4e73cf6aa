using System.Globalization;

namespace CellLab.Drivers.SrsRga.Wire;

/// <summary>The answer to <c>ID?</c>: <c>SRSRGA###VER#.##SN#####</c>.</summary>
/// <param name="HighestMass">100, 200 or 300.</param>
internal sealed record RgaIdentity(string Model, string Firmware, string Serial, int HighestMass)
{
    private const string Head = "SRSRGA";
    private const string VersionMark = "VER";
    private const string SerialMark = "SN";

    /// <exception cref="RgaFormatException">Another instrument answers, or the text is broken.</exception>
    public static RgaIdentity Parse(string text)
    {
        int version = text.IndexOf(VersionMark, StringComparison.Ordinal);
        int serial = text.IndexOf(SerialMark, Math.Max(version, 0), StringComparison.Ordinal);
        return text.StartsWith(Head, StringComparison.Ordinal) && version > Head.Length && serial > version
            && int.TryParse(text[Head.Length..version], NumberStyles.None, CultureInfo.InvariantCulture, out int highest)
            && highest is 100 or 200 or 300
            ? new RgaIdentity(
                $"SRS RGA{highest}",
                text[(version + VersionMark.Length)..serial],
                text[(serial + SerialMark.Length)..],
                highest)
            : throw new RgaFormatException($"expected SRSRGA, 100, 200 or 300, VER, version, SN, number; found '{text}'");
    }
}
