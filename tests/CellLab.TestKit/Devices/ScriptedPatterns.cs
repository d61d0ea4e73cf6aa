using CellLab.Core.Triggers.Patterns;

namespace CellLab.TestKit.Devices;

/// <summary>The folder of a diffractometer in memory; files are written a second apart by its own clock.</summary>
public sealed class ScriptedPatterns : IPatternStore
{
    private readonly Lock _lock = new();
    private readonly List<(PatternFileEntry Entry, double? ScanSeconds)> _files = [];

    /// <param name="scanSeconds">What the file states; null: nothing.</param>
    public void Add(string name, double? scanSeconds = null)
    {
        lock (_lock)
        {
            _files.Add((new PatternFileEntry(name, DateTimeOffset.UnixEpoch.AddSeconds(_files.Count), 1), scanSeconds));
        }
    }

    /// <summary>More of it has been written.</summary>
    public void Grow(string name)
    {
        lock (_lock)
        {
            int place = _files.FindIndex(file => file.Entry.Name == name);
            _files[place] = _files[place] with { Entry = _files[place].Entry with { Bytes = _files[place].Entry.Bytes + 1 } };
        }
    }

    public IReadOnlyList<PatternFileEntry> Files()
    {
        lock (_lock)
        {
            return [.. _files.Select(file => file.Entry)];
        }
    }

    public PatternFileFacts? Inspect(string name)
    {
        lock (_lock)
        {
            return new PatternFileFacts(name, null, 1, "00", null, null, null, null, null, null, _files.Single(file => file.Entry.Name == name).ScanSeconds);
        }
    }

    public bool WriteBeside(string name, string json) => true;
}
