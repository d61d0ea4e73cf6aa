namespace CellLab.Drivers.SrsRga.Session;

/// <summary>An answer did not come, or not whole, in its time.</summary>
internal sealed class RgaSilenceException(string message) : Exception(message);
