namespace CellLab.Service.Hosting;

/// <summary>The service has ended and could not confirm that every output it stepped is off. The message names them.</summary>
internal sealed class EndedUnsafelyException(string message) : Exception(message);
