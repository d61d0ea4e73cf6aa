namespace CellLab.Drivers.XrdTrigger.Lines;

public enum SerialOutputLine { Rts, Dtr }

public enum SerialInputLine { Cts, Dsr, Dcd }

/// <summary>Control lines of a serial port as trigger and busy; no busy line: an open loop.</summary>
public sealed record SerialTriggerLines(SerialOutputLine Output, SerialInputLine? Busy);
