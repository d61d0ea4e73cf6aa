using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Triggers.Patterns;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Patterns;
using CellLab.Service.Offline.Foreign.Text;
using CellLab.Service.Rest.Jobs;

namespace CellLab.Service.Rest.Series;

/// <summary><c>GET jobs/{id}/patterns</c>: the diffraction patterns of a job on one grid of angles, each with the state that it belongs to.</summary>
internal static class PatternsEndpoint
{
    private const int DefaultPoints = 400;
    private const int MaxPoints = 4000;
    private const int MaxPatterns = 500;

    public static void MapPatterns(this RouteGroupBuilder api) =>
        api.MapGet("/jobs/{id}/patterns", ReadAsync).WithSummary("Diffraction patterns as a map: counts on a common grid of angles (from, to in degrees 2theta)");

    private static async Task<IResult> ReadAsync(
        string id, IJournal journal, CancellationToken cancellationToken, int points = DefaultPoints, double? from = null, double? to = null)
    {
        Bounds.Within(nameof(points), points, MaxPoints);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        IReadOnlyList<CompanionRow> rows = await journal.ReadCompanionsAsync(job.Id, Streams.Diffraction, 1, MaxPatterns, cancellationToken);
        (CompanionRow Row, PatternFile? File)[] read = await Task.Run(() => rows.Select(row => (row, Open((PatternBody)row.Body))).ToArray(), cancellationToken);
        PatternFile[] found = [.. read.Select(pattern => pattern.File).OfType<PatternFile>()];
        double low = from ?? found.Select(file => file.Degrees[0]).DefaultIfEmpty(0).Min();
        double high = to ?? found.Select(file => file.Degrees[^1]).DefaultIfEmpty(0).Max();
        return new CompressedJson(new PatternMap(
            job.Id.Value, low, high, points, [.. read.Select(pattern => PatternRow.Of(pattern.Row, pattern.File is { } file ? Grid(file, low, high, points) : null))]));
    }

    private static PatternFile? Open(PatternBody body)
    {
        try
        {
            return body.File?.Path is { } path && File.Exists(path) ? PatternFile.TryOpen(TextSource.Open(path), new FindingLog()) : null;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ForeignFileException)
        {
            return null; // the row says that the pattern has no counts
        }
    }

    /// <summary>The highest count in each part, so that no reflection is lost; a straight line over parts between two points of the pattern; null outside
    /// of it.</summary>
    internal static double?[] Grid(PatternFile file, double low, double high, int points)
    {
        var grid = new double?[points];
        for (int index = 0; index < file.Degrees.Count; index++)
        {
            double place = high > low ? (file.Degrees[index] - low) / (high - low) * points : -1;
            if (place >= 0 && place <= points)
            {
                int part = Math.Min(points - 1, (int)place);
                grid[part] = Math.Max(grid[part] ?? double.MinValue, file.Counts[index]);
            }
        }

        Bridge(grid);
        return grid;
    }

    private static void Bridge(double?[] grid)
    {
        int before = -1;
        for (int part = 0; part < grid.Length; part++)
        {
            if (grid[part] is not { } count)
            {
                continue;
            }

            for (int between = before + 1; before >= 0 && between < part; between++)
            {
                grid[between] = grid[before] + ((count - grid[before]) * (between - before) / (part - before));
            }

            before = part;
        }
    }
}

/// <summary><paramref name="Points"/> parts of equal width from <paramref name="FromDeg"/> to <paramref name="ToDeg"/>, in degrees 2theta.</summary>
internal sealed record PatternMap(string Job, double FromDeg, double ToDeg, int Points, IReadOnlyList<PatternRow> Patterns);

/// <param name="Counts">Null when the file cannot be read any more.</param>
internal sealed record PatternRow(
    long Pattern, double? TestTimeS, double? VoltageV, double? TotalMahG, string? Direction, string? File, IReadOnlyList<string> Flags, IReadOnlyList<double?>? Counts)
{
    public static PatternRow Of(CompanionRow row, double?[]? counts)
    {
        var body = (PatternBody)row.Body;
        PatternState? state = body.Start ?? body.Requested;
        return new PatternRow(
            row.Sequence, row.TestTimeSeconds, body.Mean?.VoltageVolts ?? state?.VoltageVolts, body.Mean?.TotalMilliampereHoursPerGram ?? state?.TotalMilliampereHoursPerGram,
            state?.Direction.ToString().ToLowerInvariant(), body.File?.Name, body.Flags, counts);
    }
}
