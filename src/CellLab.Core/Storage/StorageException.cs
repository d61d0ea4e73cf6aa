namespace CellLab.Core.Storage;

/// <summary>The store cannot take or give data; the message names the file and what to do.</summary>
public class StorageException(string message, Exception? inner = null) : Exception(message, inner);
