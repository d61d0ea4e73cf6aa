using System.Collections.Concurrent;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage;

/// <summary>Durable cursors, kept in memory for cheap questions.</summary>
internal sealed class Cursors
{
    private readonly ConcurrentDictionary<string, long> _positions = new(StringComparer.Ordinal);

    public Cursors(Database database)
    {
        using Statement query = database.Prepare("SELECT name, position FROM cursors");
        while (query.Step())
        {
            _positions[query.Text(0)] = query.Integer(1);
        }
    }

    public long this[string name]
    {
        get => _positions.GetValueOrDefault(name);
        set => _positions[name] = value;
    }

    /// <summary>Where the last one of these stands.</summary>
    public long Lowest(IReadOnlyList<string> names) => names.Count == 0 ? long.MaxValue : names.Min(name => this[name]);
}
