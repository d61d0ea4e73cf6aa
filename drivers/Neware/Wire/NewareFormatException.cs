namespace CellLab.Drivers.Neware.Wire;

/// <summary>Bytes that break the rules of the BTS interface. Never leaves the driver: the session makes a device fault of it.</summary>
internal sealed class NewareFormatException(string message) : Exception(message);
