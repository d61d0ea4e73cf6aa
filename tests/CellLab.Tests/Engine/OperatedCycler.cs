using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.TestKit.Devices;

namespace CellLab.Tests.Engine;

/// <summary>The scripted instrument without any way to command it.</summary>
internal sealed class OperatedCycler(ScriptedCycler inner) : IDevice, IChannelBank, IOperatedTester
{
    public DeviceId Id => inner.Id;

    public IReadOnlyList<ChannelAddress> Channels => inner.Channels;

    public TimeSpan PollInterval => inner.PollInterval;

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<ChannelStatus> InspectAsync(ChannelAddress channel, CancellationToken cancellationToken) => inner.InspectAsync(channel, cancellationToken);

    public Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken) => inner.PollAsync(cursors, cancellationToken);

    public IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program) => [];

    public string StartTask(ChannelAddress channel, CellProgram program, string barcode) => $"start '{program.Name}' on {channel.Channel} as {barcode}";

    public string StopTask(ChannelAddress channel) => $"stop {channel.Channel} by hand";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
