namespace CellLab.Drivers.SrsRga.Wire;

/// <summary>Bytes that an SRS RGA does not send.</summary>
internal sealed class RgaFormatException(string message) : Exception(message);
