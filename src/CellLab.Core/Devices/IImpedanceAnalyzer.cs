namespace CellLab.Core.Devices;

/// <summary>Measures impedance spectra of the cell on a channel. One spectrum at a time; <see cref="ISafeState.OpenCircuitAsync"/> ends one. The
/// points are records of the stream <see cref="Records.Streams.Impedance"/>.</summary>
public interface IImpedanceAnalyzer : ISafeState
{
    /// <summary>What this instrument cannot do of the plan, one sentence each; empty when it can be started.</summary>
    IReadOnlyList<string> CheckSpectrum(ChannelAddress channel, SpectrumPlan plan);

    /// <summary>Starts only on a channel on which nothing runs, and returns when the instrument confirms it.</summary>
    /// <exception cref="DeviceFaultException">Rejected: busy, or the plan is beyond the instrument. Unreachable: it is not known whether it started;
    /// bring the channel to open circuit.</exception>
    Task StartSpectrumAsync(ChannelAddress channel, SpectrumPlan plan, CancellationToken cancellationToken);

    /// <summary>The points after the first <paramref name="pointsTaken"/> ones of the spectrum that runs, or ran last.</summary>
    /// <exception cref="DeviceFaultException">Nothing was handed out; ask again from the same point.</exception>
    Task<SpectrumReading> PollSpectrumAsync(ChannelAddress channel, int pointsTaken, CancellationToken cancellationToken);
}
