namespace CellLab.Transport.Serial.Rfc2217;

internal sealed class TelnetFormatException(string message) : Exception(message);
