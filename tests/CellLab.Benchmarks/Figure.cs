namespace CellLab.Benchmarks;

/// <summary>One measured number. <paramref name="Name"/> carries the unit, as in <c>commit_p99_ms</c>.</summary>
internal sealed record Figure(string Name, double Value);
