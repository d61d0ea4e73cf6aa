namespace CellLab.Core.Devices;

/// <summary>One look at an output. <paramref name="TakenAtUtc"/> is lab time, taken where the answer arrived; positive current charges.</summary>
/// <param name="OutputOn">Current can flow; read back from the device.</param>
/// <param name="Fault">What the device itself complains of (a protection has tripped, it cannot regulate); null when it does not.</param>
public readonly record struct SourceReading(
    DateTimeOffset TakenAtUtc, double VoltageVolts, double CurrentAmperes, bool OutputOn, string? Fault = null);
