namespace CellLab.Drivers.XrdTrigger.Lines;

public enum SerialOutputLine { Rts, Dtr }

public enum SerialInputLine { Cts, Dsr, Dcd }

/// <summary>Control lines of a serial port as trigger and busy; no busy line: an open loop.</summary>
/// <param name="Settling">Wall time after the port was opened in which its lines may still move: nothing fires and busy is not believed.</param>
public sealed record SerialTriggerLines(SerialOutputLine Output, SerialInputLine? Busy, TimeSpan Settling);
