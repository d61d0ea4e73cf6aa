using System.Globalization;

namespace CellLab.Drivers.Catalog.Runs;

/// <summary>How much of a run has been handed out and committed: records, step times, notes.</summary>
internal readonly record struct RunToken(long Records, int Steps, int Notes)
{
    public static RunToken Parse(string? text)
    {
        long[] parts = [.. (text ?? "").Split(',').Select(p => long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out long n) ? n : 0)];
        return parts.Length == 3 ? new RunToken(parts[0], (int)parts[1], (int)parts[2]) : default;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Records},{Steps},{Notes}");
}
