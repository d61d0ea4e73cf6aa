namespace CellLab.Service.Access;

/// <summary>A change to users or tokens that is refused, or a file of them that cannot be read; the message says what to do.</summary>
public sealed class AccessException(string message, Exception? inner = null) : Exception(message, inner);
