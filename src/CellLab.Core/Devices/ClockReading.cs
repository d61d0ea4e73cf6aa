namespace CellLab.Core.Devices;

/// <summary>What was found out about an instrument's clock.</summary>
/// <param name="Source">Whose clock it is and how it was read; without an offset why it cannot be told. Shown to people.</param>
public sealed record ClockReading(string Source, ClockOffset? Offset = null);
