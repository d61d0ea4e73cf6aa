using CellLab.Core.Devices;
using CellLab.Transport;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.XrdTrigger;

/// <summary>One way to a diffractometer. All but <see cref="ReleaseAsync"/> are called one at a time. Faults are <see cref="TransportException"/>,
/// <see cref="ModbusRefusedException"/> and <see cref="TriggerRefusedException"/>.</summary>
internal interface ITriggerWire : IAsyncDisposable
{
    TriggerTraits Traits { get; }

    /// <summary>Opens anew, output low.</summary>
    Task<DeviceIdentity> OpenAsync(CancellationToken cancellationToken);

    Task<TriggerArming> ArmAsync(TriggerRun run, CancellationToken cancellationToken);

    /// <summary>Throws only when certainly no pulse was made; every doubt is in the outcome.</summary>
    /// <param name="released">A release: what has not begun is refused, a pulse that is out ends early. Exchanges are not called off.</param>
    Task<WirePulse> PulseAsync(TriggerRequest request, CancellationToken released);

    Task<TriggerReading> ReadAsync(CancellationToken cancellationToken);

    Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken);

    /// <summary>Overtakes whatever else is under way. When it returns, no pulse whose token was cancelled before begins any more.</summary>
    Task ReleaseAsync(CancellationToken cancellationToken);
}

/// <summary>A pulse as the wire saw it; see <see cref="TriggerReceipt"/>.</summary>
internal sealed record WirePulse(PulseOutcome Outcome, DateTimeOffset SentAtUtc, DateTimeOffset? AnsweredAtUtc, TimeSpan Uncertainty, string? Note = null);

/// <summary>The other side, or its state, does not allow this.</summary>
internal sealed class TriggerRefusedException(string message) : Exception(message);
