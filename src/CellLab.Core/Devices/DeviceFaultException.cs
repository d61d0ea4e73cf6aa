namespace CellLab.Core.Devices;

/// <summary>The one exception that leaves a driver (besides <see cref="OperationCanceledException"/>). The message says what, which
/// channel, what was expected and found, and what to do.</summary>
public sealed class DeviceFaultException(FaultKind kind, DeviceId device, string message, Exception? inner = null)
    : Exception($"{device}: {message}", inner)
{
    public FaultKind Kind { get; } = kind;

    public DeviceId Device { get; } = device;

    public bool IsTransient => Kind is FaultKind.Unreachable or FaultKind.Protocol;
}
