using CellLab.Core.Devices;

namespace CellLab.Core.Jobs;

/// <summary>Written durably before a start command goes out: after a crash it is compared with the instrument. Outcome stays null while open.</summary>
public sealed record StartIntent(
    JobId Job,
    int Segment,
    ChannelAddress Channel,
    string? PreviousTestId,
    string Barcode,
    DateTimeOffset WrittenAtUtc,
    string? Outcome = null);
