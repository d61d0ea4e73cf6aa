namespace CellLab.HardwareSim.Cells;

/// <summary>A cell of a bench file that instruments name by <c>cell</c>.</summary>
internal sealed record BenchCell
{
    public required string Name { get; init; }
    public required string Material { get; init; }
    /// <summary>Cell-to-cell spread.</summary>
    public bool Spread { get; init; }
    /// <summary>Other numbers than the material's, by their names in the model's <c>parameters.json</c>.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; init; } = new Dictionary<string, double>();
    /// <summary>Equal cells side by side: a pouch of N coin cells.</summary>
    public int Parallel { get; init; } = 1;
    /// <summary>What the cell has been through before the bench began.</summary>
    public IReadOnlyList<BenchCellPast> Past { get; init; } = [];
}

/// <summary>Constant current (0 rests) for a time, up to a voltage, or both.</summary>
internal sealed record BenchCellPast
{
    public double CurrentMa { get; init; }
    public double? Seconds { get; init; }
    public double? UntilV { get; init; }
}
