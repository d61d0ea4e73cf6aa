namespace CellLab.Core.Devices;

/// <summary>Whatever drives a cell can be brought to open circuit.</summary>
public interface ISafeState
{
    /// <summary>Opens the circuit and returns when the instrument confirms it. May be called while any other call is under way and overtakes it.</summary>
    Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken);
}
