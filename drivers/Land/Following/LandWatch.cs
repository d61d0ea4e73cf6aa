using CellLab.Core.Time;

namespace CellLab.Drivers.Land.Following;

/// <summary>Remembers when each data file was first seen and when it last grew, lab time.</summary>
internal sealed class LandWatch(Clocks clocks)
{

    private readonly Dictionary<string, Sight> _sights = new(StringComparer.Ordinal);

    public void Observe(IReadOnlyList<LandFile> files)
    {
        DateTimeOffset now = clocks.Lab.GetUtcNow();
        foreach (LandFile file in files)
        {
            if (!_sights.TryGetValue(file.Name, out Sight? sight))
            {
                _sights[file.Name] = new Sight(now, file.Length, file.WrittenUtc, WrittenAt(file, now));
            }
            else if (file.Length > sight.Length || (file.Length == sight.Length && file.WrittenUtc != sight.WrittenUtc))
            {
                _sights[file.Name] = sight with { Length = file.Length, WrittenUtc = file.WrittenUtc, GrownAt = now };
            }
        }
    }

    /// <summary>A block that is written again does not change the file's length: whoever reads new records tells.</summary>
    public void Grew(string name)
    {
        if (_sights.TryGetValue(name, out Sight? sight))
        {
            _sights[name] = sight with { GrownAt = clocks.Lab.GetUtcNow() };
        }
    }

    public DateTimeOffset FirstSeenAt(string name) => _sights.TryGetValue(name, out Sight? sight) ? sight.SeenAt : clocks.Lab.GetUtcNow();

    public TimeSpan QuietFor(string name) => clocks.Lab.GetUtcNow() - (_sights.TryGetValue(name, out Sight? sight) ? sight.GrownAt : clocks.Lab.GetUtcNow());

    /// <summary>Of a file that is seen for the first time: its time stamp, where lab time is the time of files.</summary>
    private DateTimeOffset WrittenAt(LandFile file, DateTimeOffset now) =>
        clocks.Lab.Speed == 1 && file.WrittenUtc < now ? file.WrittenUtc : now;

    private sealed record Sight(DateTimeOffset SeenAt, long Length, DateTimeOffset WrittenUtc, DateTimeOffset GrownAt);
}
