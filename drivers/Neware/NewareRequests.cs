using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Session;

namespace CellLab.Drivers.Neware;

/// <summary>The commands of the BTS as typed questions in the routine lane.</summary>
internal sealed class NewareRequests(NewareSession session, NewareUnits units)
{
    public async Task<DeviceList> DevicesAsync(CancellationToken cancellationToken) =>
        (await session.AskAsync(DeviceListMessage.Command, DeviceListMessage.Write(), DeviceListMessage.Read, cancellationToken)).Value;

    public async Task<string> StateWordAsync(NewareChannel channel, CancellationToken cancellationToken) =>
        (await session.AskAsync(
            $"{ChannelStatusMessage.Command} {channel}",
            ChannelStatusMessage.Write([channel]),
            frame => ChannelStatusMessage.Read(frame, [channel]),
            cancellationToken)).Value[0];

    public Task<Reply<PresentValues[]>> PresentAsync(IReadOnlyList<NewareChannel> channels, CancellationToken cancellationToken) =>
        session.AskAsync(
            InquireMessage.Command, InquireMessage.Write(channels), frame => InquireMessage.Read(frame, channels, units), cancellationToken);

    public async Task<StoredCount[]> CountsAsync(IReadOnlyList<NewareChannel> channels, long testId, CancellationToken cancellationToken) =>
        (await session.AskAsync(
            CountMessage.Command, CountMessage.Write(channels, testId), frame => CountMessage.Read(frame, channels), cancellationToken)).Value;

    public Task<Reply<RecordPage>> DownloadAsync(
        NewareChannel channel, long testId, long firstNumber, int count, CancellationToken cancellationToken) =>
        session.AskAsync(
            $"{DownloadMessage.Command} {channel} from record {firstNumber}",
            DownloadMessage.Write(channel, testId, firstNumber, count),
            frame => DownloadMessage.Read(frame, channel, firstNumber, units),
            cancellationToken);

    public async Task<IReadOnlyList<ExecutedStep>> StepLayerAsync(NewareChannel channel, long testId, CancellationToken cancellationToken) =>
        (await session.AskAsync(
            $"{StepLayerMessage.Command} {channel}",
            StepLayerMessage.Write(channel, testId),
            frame => StepLayerMessage.Read(frame, channel),
            cancellationToken)).Value;

    public async Task<IReadOnlyList<LogLine>> LogAsync(NewareChannel channel, long testId, CancellationToken cancellationToken) =>
        (await session.AskAsync(
            $"{LogMessage.Command} {channel}",
            LogMessage.Write(channel, testId),
            frame => LogMessage.Read(frame, channel),
            cancellationToken)).Value;

    /// <summary>The answer's word. <paramref name="lastCheck"/> runs when nothing can come before the request any more.</summary>
    public async Task<string> CommandAsync(
        string command, byte[] request, NewareChannel channel, CancellationToken cancellationToken, Action? lastCheck = null) =>
        (await session.AskAsync(
            $"{command} {channel}", request, frame => ChannelCommandMessage.Read(frame, command, channel), cancellationToken, lastCheck)).Value;
}
