using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;

namespace CellLab.Engine.Triggers;

/// <summary>Which file belongs to which pattern: the one whose name holds the trigger's id or that the instrument tells; else, in the order in which they were
/// written, the files that were not there before the pulse.</summary>
/// <param name="longest">Wall time for which a file is waited for after the exposure has ended.</param>
/// <param name="unchanged">Wall time after which a file that has not changed is whole: not every share refuses to open one that is still being written.</param>
internal sealed class PatternFileSearch(IPatternStore? store, TimeSpan longest, TimeSpan unchanged, Clocks clocks)
{
    /// <summary>A file that is there and grows is waited for so many times as long as one that does not come.</summary>
    private const double PatienceWithGrowing = 30;

    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<string, string> _kept = [];
    private readonly HashSet<string> _closed = [];
    private readonly Dictionary<string, long> _since = [];
    private readonly Dictionary<string, (PatternFileEntry Entry, long SinceWall)> _looks = [];

    public bool CanFind => store is not null;

    /// <summary>What is there now belongs to no later pattern. A pattern whose exposure is over has its file now; one of which nobody knows whether it was taken has
    /// it now or never: a file that comes after the next pulse is not its own.</summary>
    /// <param name="open">Patterns whose file has not come.</param>
    /// <returns>When the newest file was written.</returns>
    public DateTimeOffset? BeforePulse(IEnumerable<TriggerIntent> open)
    {
        IReadOnlyList<PatternFileEntry> files = store?.Files() ?? [];
        foreach (TriggerIntent intent in open.Where(intent => !_kept.ContainsKey(intent.Id)))
        {
            if (Choose(intent, files, null, isLate: true) is { } name)
            {
                _kept[intent.Id] = name;
                _taken.Add(name);
            }
            else if (intent.Sought)
            {
                _closed.Add(intent.Id);
            }
        }

        _taken.UnionWith(files.Select(file => file.Name));
        return files.Count == 0 ? null : files[^1].WrittenAtUtc;
    }

    /// <summary>After a restart: what was there before the oldest pulse that is still open, and what has its record, belongs to none of those that are open.</summary>
    public void Restore(DateTimeOffset? filesUntilUtc, IEnumerable<string> recorded)
    {
        _taken.UnionWith(recorded);
        _taken.UnionWith((store?.Files() ?? []).Where(file => file.WrittenAtUtc <= filesUntilUtc).Select(file => file.Name));
    }

    /// <param name="told">As the instrument names it.</param>
    /// <param name="endUtc">When the exposure ended, or can have ended at the latest; lab time. A file is not given up before.</param>
    /// <returns>The file, or that it is no use to wait longer.</returns>
    public (PatternFileFacts? File, bool GivenUp) Find(TriggerIntent intent, string? told, DateTimeOffset endUtc)
    {
        if (store is null)
        {
            return (null, true);
        }

        TimeSpan waited = _since.TryGetValue(intent.Id, out long since) ? clocks.Wall.GetElapsedTime(since) : TimeSpan.Zero;
        IReadOnlyList<PatternFileEntry> files = store.Files();
        string? name = _kept.GetValueOrDefault(intent.Id) ?? (_closed.Contains(intent.Id) ? null : Choose(intent, files, intent.Sought ? null : told, isLate: waited > longest));
        if (name is not null && IsWhole(name, files) && store.Inspect(name) is { } facts)
        {
            _taken.Add(name);
            _looks.Remove(name);
            return (facts, true);
        }

        if (clocks.Lab.GetUtcNow() < endUtc)
        {
            return (null, false);
        }

        _since.TryAdd(intent.Id, clocks.Wall.GetTimestamp());
        return (null, (_closed.Contains(intent.Id) && name is null) || waited > (name is null ? longest : PatienceWithGrowing * longest));
    }

    public void WriteBeside(PatternFileFacts? file, string json)
    {
        if (file is not null)
        {
            store?.WriteBeside(file.Name, json);
        }
    }

    private bool IsWhole(string name, IReadOnlyList<PatternFileEntry> files)
    {
        if (files.FirstOrDefault(file => file.Name == name) is not { } entry)
        {
            return false;
        }

        if (!_looks.TryGetValue(name, out (PatternFileEntry Entry, long SinceWall) look) || look.Entry != entry)
        {
            _looks[name] = look = (entry, clocks.Wall.GetTimestamp());
        }

        return clocks.Wall.GetElapsedTime(look.SinceWall) >= unchanged;
    }

    /// <param name="isLate">A file that was told has not come: any that nobody has taken will do.</param>
    private string? Choose(TriggerIntent intent, IReadOnlyList<PatternFileEntry> files, string? told, bool isLate)
    {
        string? awaited = told is null || _taken.Contains(NameOf(told)) ? null : NameOf(told);
        return files.FirstOrDefault(file => file.Name.Contains(intent.Id, StringComparison.Ordinal))?.Name
            ?? files.FirstOrDefault(file => string.Equals(awaited, file.Name, StringComparison.OrdinalIgnoreCase) && !_taken.Contains(file.Name))?.Name
            ?? (awaited is null || isLate ? files.FirstOrDefault(file => !_taken.Contains(file.Name))?.Name : null);
    }

    /// <summary>The instrument's computer may write its paths in another way than this one.</summary>
    private static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
