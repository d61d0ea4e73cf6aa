namespace CellLab.HardwareSim.Bench;

/// <summary>The bench file cannot be used; the message names file, line and member, what is wrong and what to do.</summary>
public sealed class BenchFileException(string message, Exception? inner = null) : Exception(message, inner);
