using CellLab.Core.Programs;

namespace CellLab.Core.Devices;

/// <summary>An output that does what it is told until it is told otherwise: the service steps the program. One cell place a channel; a source and a
/// load that share a cell are one channel. Commands say a state and are idempotent. A device with a watchdog arms it before its output goes on and
/// refreshes it with every call. <see cref="ISafeState.OpenCircuitAsync"/> overtakes: what a call under way would still have written is not written
/// after it, and it returns when the output has been read back as off.</summary>
public interface ISourceMeter : ISafeState
{
    /// <summary>The channels of the configuration that the device has confirmed at connect.</summary>
    IReadOnlyList<ChannelAddress> Outputs { get; }

    /// <summary>What the output can do; known once connected.</summary>
    SourceMeterTraits TraitsOf(ChannelAddress channel);

    /// <summary>Reads the output now, never from a cache.</summary>
    /// <exception cref="DeviceFaultException">No reading: Unreachable, or Protocol for an answer that makes no sense.</exception>
    Task<SourceReading> MeasureAsync(ChannelAddress channel, CancellationToken cancellationToken);

    /// <summary>Writes the device's own limits and reads them back; the output stays as it is. Called before current flows. A limit that the
    /// device does not know is left to the service and named in the answer.</summary>
    /// <returns>Limits that the device itself does not hold, one sentence each; shown to the technician.</returns>
    /// <exception cref="DeviceFaultException">Rejected: the device did not take a limit that it has.</exception>
    Task<IReadOnlyList<string>> LimitAsync(ChannelAddress channel, SourceLimits limits, CancellationToken cancellationToken);

    /// <summary>Does this from now on, the output on for everything but <see cref="SetPoint.OpenCircuit"/>. The change from one direction to the
    /// other is the driver's: at no moment two sources on one cell.</summary>
    /// <exception cref="DeviceFaultException">Rejected: outside what the output can do. Else it is not known what the output does.</exception>
    Task ApplyAsync(ChannelAddress channel, SetPoint setPoint, CancellationToken cancellationToken);
}
