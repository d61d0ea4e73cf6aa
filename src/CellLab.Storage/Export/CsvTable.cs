namespace CellLab.Storage.Export;

/// <summary>A small table by named columns. Cells are <c>null</c>, <see cref="string"/>, <see cref="bool"/>, <see cref="int"/>,
/// <see cref="long"/> or <see cref="double"/>.</summary>
public sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
