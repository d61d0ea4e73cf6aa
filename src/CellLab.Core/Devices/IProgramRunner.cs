using CellLab.Core.Programs;

namespace CellLab.Core.Devices;

/// <summary>Runs a whole program alone and goes on when the host is away. Commands say a state and are idempotent. Stop may be called while
/// any other call on the device is under way: it waits at most 1 s (wall) for the exchange in flight, then drops the connection, opens a new
/// one and goes first.</summary>
public interface IProgramRunner
{
    /// <summary>What this runner cannot do with the program, one sentence each with its step; empty when it can be started.</summary>
    IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program);

    /// <summary>Starts only from a state in which no test runs, and returns when the instrument confirms the new test.</summary>
    /// <exception cref="DeviceFaultException">Rejected: the channel is busy or the program refused. Unreachable: it is not known whether it
    /// started; read the state, never start again blindly.</exception>
    Task<ChannelStatus> StartAsync(ChannelAddress channel, CellProgram program, string barcode, CancellationToken cancellationToken);

    /// <summary>Stops the test and returns when the instrument confirms it. Already stopped is success.</summary>
    /// <exception cref="DeviceFaultException">The stop is not confirmed; the message says what is known.</exception>
    Task<ChannelStatus> StopAsync(ChannelAddress channel, CancellationToken cancellationToken);

    /// <summary>Asks for a pause; returns whether the instrument confirmed it. Never falls back to a stop.</summary>
    Task<bool> PauseAsync(ChannelAddress channel, CancellationToken cancellationToken);

    /// <summary>Continues a paused test.</summary>
    /// <exception cref="DeviceFaultException">Rejected: the channel is not paused.</exception>
    Task<ChannelStatus> ContinueAsync(ChannelAddress channel, CancellationToken cancellationToken);
}
