namespace CellLab.Service.Offline.Foreign;

/// <summary>A file that cannot be used at all. The message names the file, and the line where there is one, what was expected and what to do.</summary>
public sealed class ForeignFileException(string message) : Exception(message);
