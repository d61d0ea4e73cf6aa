using CellLab.Core.Devices;
using CellLab.Core.Programs;

namespace CellLab.ContractTests.Contracts;

/// <summary>What a contract needs of an instrument and its simulator.</summary>
public abstract class InstrumentBench : IAsyncDisposable
{
    /// <summary>A channel with a cell on which nothing runs.</summary>
    public abstract ChannelAddress Channel { get; }

    /// <summary>Takes long enough (lab time) that a test can act while it runs.</summary>
    public abstract CellProgram LongProgram { get; }

    /// <summary>Ends by itself soon, with records in more than one step.</summary>
    public abstract CellProgram ShortProgram { get; }

    /// <summary>A new driver instance; the instrument goes on when it is disposed.</summary>
    public abstract IDevice Create();

    /// <summary>The next reply ends in the middle, with the connection.</summary>
    public abstract Task CutNextReplyAsync();

    /// <summary>Replies to everything but log-in and device list hang until the connection is opened anew, once.</summary>
    public abstract Task HangNextReplyAsync();

    public abstract ValueTask DisposeAsync();

    public async Task<IDevice> CreateConnectedAsync()
    {
        IDevice device = Create();
        await device.ConnectAsync(CancellationToken.None);
        return device;
    }
}
