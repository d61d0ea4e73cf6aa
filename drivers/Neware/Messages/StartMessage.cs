using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>start: one channel a request, so that every test gets an id of its own. The path is the step file's as the BTS PC sees it.</summary>
internal static class StartMessage
{
    public const string Command = "start";

    public static byte[] Write(NewareChannel channel, string barcode, string path) => NewareCodec.Request(
        Command,
        ChannelList.Write(
            [channel], c => $"<start {c.AttributesWithIp} barcode=\"{XmlText.Escape(barcode)}\">{XmlText.Escape(path)}</start>"));

    /// <summary>The answer's word: <c>ok</c> or <c>false</c>; no reason is given.</summary>
    public static string Read(ReadOnlySpan<byte> frame, NewareChannel asked) => ChannelCommandMessage.Read(frame, Command, asked);
}
