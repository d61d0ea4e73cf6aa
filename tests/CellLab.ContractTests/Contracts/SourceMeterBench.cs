using CellLab.Core.Devices;

namespace CellLab.ContractTests.Contracts;

/// <summary>What the contract of a service-stepped output needs of an instrument and its simulator.</summary>
public abstract class SourceMeterBench : IAsyncDisposable
{
    public abstract ChannelAddress Channel { get; }

    /// <summary>Wide enough that the cell does not reach them within the test.</summary>
    public abstract SourceLimits Limits { get; }

    /// <summary>A current well within range, A; 0 when the device has no such direction.</summary>
    public abstract double ChargeAmperes { get; }

    public abstract double DischargeAmperes { get; }

    /// <summary>A new driver instance; the output stays as it is when it is disposed.</summary>
    public abstract IDevice Create();

    /// <summary>The next reply ends in the middle, with the connection.</summary>
    public abstract Task CutNextReplyAsync();

    /// <summary>The next request is carried out and not answered.</summary>
    public abstract Task SilenceNextReplyAsync();

    /// <summary>The next reply comes after the driver's time-out.</summary>
    public abstract Task DelayNextReplyAsync();

    /// <summary>The next reply is nonsense.</summary>
    public abstract Task SpoilNextReplyAsync();

    /// <summary>The device's own protection opens the output.</summary>
    public abstract Task TripAsync();

    /// <summary>A person acknowledges it at the instrument.</summary>
    public abstract Task AcknowledgeTripAsync();

    public abstract ValueTask DisposeAsync();

    public async Task<IDevice> CreateConnectedAsync()
    {
        IDevice device = Create();
        await device.ConnectAsync(CancellationToken.None);
        return device;
    }
}
