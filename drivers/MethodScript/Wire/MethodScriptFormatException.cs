namespace CellLab.Drivers.MethodScript.Wire;

/// <summary>A line that no instrument of this family sends: the connection is out of step or the line is damaged.</summary>
internal sealed class MethodScriptFormatException(string message) : Exception(message);
