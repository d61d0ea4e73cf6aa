namespace CellLab.Drivers.Autolab.Wire;

/// <summary>A line that is none of the bridge's.</summary>
internal sealed class BridgeFormatException(string message) : Exception(message);
