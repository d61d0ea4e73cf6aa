namespace CellLab.HardwareSim.Cells;

/// <summary>The cells of the bench by the name of their pipeline, for the instruments that share them.</summary>
internal sealed class CellShelf
{
    private readonly Dictionary<string, Func<double, CellView>> _cells = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _cells.Keys;

    /// <param name="look">The cell advanced to this many lab seconds; may be called from any thread.</param>
    public void Add(string pipeline, Func<double, CellView> look) => _cells[pipeline] = look;

    /// <summary>Null when no cell stands under this name.</summary>
    public Func<double, CellView>? Find(string pipeline) => _cells.GetValueOrDefault(pipeline);
}
