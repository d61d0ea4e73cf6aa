using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;

namespace CellLab.Engine.Triggers;

/// <summary>Which file belongs to which pattern: the one whose name holds the trigger's id or that the instrument tells; else, in order, the files that were not
/// there before the pulse.</summary>
internal sealed class PatternFileSearch(IPatternStore? store, Clocks clocks)
{
    /// <summary>Wall time for which a file is waited for after the exposure has ended, beside the time of the readout.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<string, long> _since = [];

    public void BeforePulse()
    {
        if (store is not null)
        {
            _taken.UnionWith(store.Names());
        }
    }

    /// <param name="told">As the instrument names it.</param>
    /// <returns>The file, or that it is no use to wait longer.</returns>
    public (PatternFileFacts? File, bool GivenUp) Find(TriggerIntent intent, string? told)
    {
        if (store is null)
        {
            return (null, true);
        }

        IReadOnlyList<string> names = store.Names();
        string? name = names.FirstOrDefault(found => found.Contains(intent.Id, StringComparison.Ordinal))
            ?? names.FirstOrDefault(found => told is not null && Path.GetFileName(told) == found && !_taken.Contains(found))
            ?? names.FirstOrDefault(found => !_taken.Contains(found));
        if (name is not null && store.Inspect(name) is { } facts)
        {
            _taken.Add(name);
            return (facts, true);
        }

        _since.TryAdd(intent.Id, clocks.Wall.GetTimestamp());
        return (null, clocks.Wall.GetElapsedTime(_since[intent.Id]) > s_longest);
    }

    public void WriteBeside(PatternFileFacts? file, string json)
    {
        if (file is not null)
        {
            store?.WriteBeside(file.Name, json);
        }
    }
}
