namespace CellLab.Core.Devices;

/// <summary>A channel as it is now. Values that the instrument did not give are null. <paramref name="StateText"/> is the instrument's
/// own word. <paramref name="ReadAtUtc"/> is lab time.</summary>
public sealed record ChannelStatus(
    ChannelAddress Channel,
    ChannelState State,
    string StateText,
    DateTimeOffset ReadAtUtc,
    double? VoltageVolts = null,
    double? CurrentAmperes = null,
    string? TestId = null,
    string? Barcode = null,
    int? StepId = null);
