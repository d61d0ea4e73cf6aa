using CellLab.Core.Time;

namespace CellLab.Drivers.Land.Following;

/// <summary>Remembers when each data file was first seen and when it last grew, lab time.</summary>
internal sealed class LandWatch(Clocks clocks)
{
    /// <summary>At high lab speed silence counts only after this much on the wall: the monitor program, or this service, may have had no time.</summary>
    private static readonly TimeSpan s_shortestOnWall = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Sight> _sights = new(StringComparer.Ordinal);

    public void Observe(IReadOnlyList<LandFile> files)
    {
        DateTimeOffset now = clocks.Lab.GetUtcNow();
        foreach (LandFile file in files)
        {
            if (!_sights.TryGetValue(file.Name, out Sight? sight))
            {
                _sights[file.Name] = new Sight(now, file.Length, file.WrittenUtc, WrittenAt(file, now), clocks.Wall.GetTimestamp());
            }
            else if (file.Length > sight.Length || (file.Length == sight.Length && file.WrittenUtc != sight.WrittenUtc))
            {
                _sights[file.Name] = sight with { Length = file.Length, WrittenUtc = file.WrittenUtc, GrownAt = now, GrownAtWall = clocks.Wall.GetTimestamp() };
            }
        }
    }

    /// <summary>A block that is written again does not change the file's length: whoever reads new records tells.</summary>
    public void Grew(string name)
    {
        if (_sights.TryGetValue(name, out Sight? sight))
        {
            _sights[name] = sight with { GrownAt = clocks.Lab.GetUtcNow(), GrownAtWall = clocks.Wall.GetTimestamp() };
        }
    }

    public DateTimeOffset FirstSeenAt(string name) => _sights.TryGetValue(name, out Sight? sight) ? sight.SeenAt : clocks.Lab.GetUtcNow();

    /// <param name="patience">Lab time.</param>
    public bool IsQuiet(string name, TimeSpan patience) =>
        _sights.TryGetValue(name, out Sight? sight) && clocks.Lab.GetUtcNow() - sight.GrownAt > patience
            && (clocks.Lab.Speed <= 1 || clocks.Wall.GetElapsedTime(sight.GrownAtWall) > s_shortestOnWall);

    /// <summary>Of a file that is seen for the first time: its time stamp, where lab time is the time of files.</summary>
    private DateTimeOffset WrittenAt(LandFile file, DateTimeOffset now) =>
        clocks.Lab.Speed == 1 && file.WrittenUtc < now ? file.WrittenUtc : now;

    private sealed record Sight(DateTimeOffset SeenAt, long Length, DateTimeOffset WrittenUtc, DateTimeOffset GrownAt, long GrownAtWall);
}
