using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Neware.Messages;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Neware.Control;

/// <summary>Starts a test: only from a state in which none runs, one channel a request, done when the instrument shows a new test.</summary>
internal sealed class NewareStarter(
    NewareRequests requests, NewareInspector inspector, StepFileStore files, StopOrders stops, NewareOptions options, Clocks clocks, ILogger logger)
    : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);

    public async Task<ChannelStatus> StartAsync(
        ChannelAddress address, NewareChannel channel, CellProgram program, string barcode, CancellationToken cancellationToken)
    {
        long stopsBefore = stops.CountOf(address);
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            ChannelStatus before = await inspector.InspectAsync(address, channel, cancellationToken);
            RefuseUnlessFree(before);
            string path = files.Write(address, program, barcode);
            await SendAsync(address, channel, barcode, path, stopsBefore, cancellationToken);
            return await ConfirmAsync(address, channel, before.TestId, path, cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private static void RefuseUnlessFree(ChannelStatus status)
    {
        if (IsAtRest(status.State))
        {
            return;
        }

        string remedy = status.State == ChannelState.Unknown
            ? "if that is this system's word for a free channel, add it to settings.idle_states"
            : "stop the test that has it, or choose another channel";
        throw Fault(status.Channel, FaultKind.Rejected, $"not started: its state is '{status.StateText}', expected finish, stop or protect; {remedy}");
    }

    private async Task SendAsync(
        ChannelAddress address, NewareChannel channel, string barcode, string path, long stopsBefore, CancellationToken cancellationToken)
    {
        string answer = await AnswerAsync(address, channel, barcode, path, stopsBefore, cancellationToken);
        stops.StartSettled(address);
        Log.StartSent(logger, address, barcode, path);
        if (answer != NewareProtocol.Accepted)
        {
            throw Fault(
                address,
                FaultKind.Rejected,
                $"the BTS refused the start ('{answer}') without a reason; known reasons: the file {path} is not found on the BTS PC, the step file is rejected, the channel is busy, a value is outside its range. See the log of the BTS client.");
        }
    }

    private async Task<string> AnswerAsync(
        ChannelAddress address, NewareChannel channel, string barcode, string path, long stopsBefore, CancellationToken cancellationToken)
    {
        try
        {
            return await requests.CommandAsync(
                StartMessage.Command,
                StartMessage.Write(channel, barcode, path),
                channel,
                cancellationToken,
                lastCheck: () => RefuseIfStopped(address, stopsBefore));
        }
        catch (DeviceFaultException lost) when (lost.IsTransient)
        {
            throw new DeviceFaultException(
                FaultKind.Unreachable,
                address.Device,
                $"{address}: the answer to the start was lost ({lost.Message}); it is not known whether it started. Read state and test id; do not start again blindly",
                lost);
        }
    }

    private void RefuseIfStopped(ChannelAddress address, long stopsBefore)
    {
        if (stops.CountOf(address) != stopsBefore)
        {
            throw Fault(address, FaultKind.Rejected, "not started: it was stopped in the meantime");
        }

        stops.StartSent(address);
    }

    private async Task<ChannelStatus> ConfirmAsync(
        ChannelAddress address, NewareChannel channel, string? testIdBefore, string path, CancellationToken cancellationToken)
    {
        ChannelStatus? last = null;
        ChannelStatus? confirmed = await Confirmation.WaitForAsync(
            clocks,
            options.ConfirmTimeout,
            async token =>
            {
                last = await inspector.InspectAsync(address, channel, token);
                return last.TestId is not null && last.TestId != testIdBefore ? last : null;
            },
            cancellationToken);
        if (confirmed is not null)
        {
            Log.StartConfirmed(logger, address, confirmed.TestId!, confirmed.StateText);
            return confirmed;
        }

        string seen = $"state '{last?.StateText}', test {last?.TestId ?? "none"} as before";
        throw last is not null && IsAtRest(last.State)
            ? Fault(address, FaultKind.Rejected, $"start answered ok but nothing started: {seen} after {options.ConfirmTimeout.TotalSeconds:0} s; see the log of the BTS client about {path}")
            : Fault(address, FaultKind.Unreachable, $"start answered ok, {seen} after {options.ConfirmTimeout.TotalSeconds:0} s: it may run, or begin later; look before doing anything");
    }

    /// <summary>Words such as waitStart or synCtrl, and a channel that went offline, leave it open whether a test will run.</summary>
    private static bool IsAtRest(ChannelState state) =>
        state is ChannelState.Idle or ChannelState.Finished or ChannelState.Stopped or ChannelState.Protected;

    private static DeviceFaultException Fault(ChannelAddress channel, FaultKind kind, string message) =>
        new(kind, channel.Device, $"{channel}: {message}");
}
