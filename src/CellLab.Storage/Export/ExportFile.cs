namespace CellLab.Storage.Export;

/// <summary>One file of an export: its name and what writes it into any stream, front to back.</summary>
public sealed record ExportFile(string Name, Func<Stream, CancellationToken, Task> WriteAsync);
