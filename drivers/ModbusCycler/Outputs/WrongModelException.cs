namespace CellLab.Drivers.ModbusCycler.Outputs;

/// <summary>Another model answers than the one that the map is for.</summary>
internal sealed class WrongModelException(string message) : Exception(message);
