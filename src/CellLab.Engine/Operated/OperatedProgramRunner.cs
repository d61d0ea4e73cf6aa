using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Programs;

namespace CellLab.Engine.Operated;

/// <summary>Gives a tester that can only be watched a place among the runners of programs: what the service cannot do there becomes a task for a person.
/// A start is never sent (<see cref="OperatedStarts"/>); a stop is confirmed by the test's end alone.</summary>
public sealed class OperatedProgramRunner(IDevice inner, IChannelBank bank, IOperatedTester tester) : IDevice, IProgramRunner
{
    public DeviceId Id => inner.Id;

    /// <summary>The device as it is where no person is needed.</summary>
    public static IDevice Over(IDevice device) =>
        device.TryGet<IOperatedTester>(out var tester) && device.TryGet<IChannelBank>(out var bank) && !device.TryGet<IProgramRunner>(out _)
            ? new OperatedProgramRunner(device, bank, tester)
            : device;

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null || inner.TryGet(out capability);
    }

    public IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program) => tester.Check(channel, program);

    /// <summary>What a person is asked to do for a start.</summary>
    public string StartTask(ChannelAddress channel, CellProgram program, string barcode) => tester.StartTask(channel, program, barcode);

    public Task<ChannelStatus> StartAsync(ChannelAddress channel, CellProgram program, string barcode, CancellationToken cancellationToken) =>
        Task.FromException<ChannelStatus>(Refused($"a person starts it: {tester.StartTask(channel, program, barcode)}"));

    /// <exception cref="DeviceFaultException">The test has not ended; the message says what a person is to do.</exception>
    public async Task<ChannelStatus> StopAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        ChannelStatus found = await bank.InspectAsync(channel, cancellationToken);
        return found.State is ChannelState.Running or ChannelState.Paused or ChannelState.Unknown
            ? throw Refused($"the service cannot stop this tester; {tester.StopTask(channel)}. {channel} is '{found.StateText}'")
            : found;
    }

    public Task<bool> PauseAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        Task.FromException<bool>(Refused("the service cannot pause this tester; pause it at the tester itself"));

    public Task<ChannelStatus> ContinueAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        Task.FromException<ChannelStatus>(Refused("the service cannot continue this tester; continue it at the tester itself"));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private DeviceFaultException Refused(string message) => new(FaultKind.Rejected, Id, message);
}
