namespace CellLab.Drivers.Neware.Messages;

/// <summary>setpause: reserves a pause at a cycle and step; -1 and -1 presumably mean at once (vendor's text; never verified on hardware).</summary>
internal static class PauseMessage
{
    public const string Command = "setpause";

    public static byte[] Write(NewareChannel channel) => NewareCodec.Request(
        Command, ChannelList.Write([channel], c => $"<setpause {c.AttributesWithIp} cycleid=\"-1\" stepid=\"-1\" timeout=\"\"/>"));

    public static string Read(ReadOnlySpan<byte> frame, NewareChannel asked) => ChannelCommandMessage.Read(frame, Command, asked);
}
