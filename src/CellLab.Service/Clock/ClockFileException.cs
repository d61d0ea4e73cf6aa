namespace CellLab.Service.Clock;

/// <summary>The clock that a simulated bench publishes cannot be followed; the message names the file, what is wrong and what to do.</summary>
public sealed class ClockFileException(string message, Exception? inner = null) : Exception(message, inner);
