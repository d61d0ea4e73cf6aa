namespace CellLab.Core.Devices;

/// <summary>Where following one test on one channel stands. <paramref name="ResumeToken"/> is written and read by the driver alone and is
/// committed together with the records it accounts for, so that a restart goes on without gap or repeat; null at the start of a test.</summary>
/// <param name="Program">What the instrument runs: the driver checks measured against programmed currents with it.</param>
/// <param name="LimitNear">A safety limit is close: keep turns short.</param>
public sealed record ChannelCursor(
    ChannelAddress Channel,
    string TestId,
    string? ResumeToken,
    Programs.CellProgram Program,
    bool LimitNear = false);
