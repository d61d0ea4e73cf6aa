using CellLab.Drivers.Neware;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Wire;
using CellLab.TestKit.Damage;
using Xunit.Abstractions;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>Whatever comes over the wire ends in values or in a typed fault.</summary>
public sealed class DamageTests(ITestOutputHelper output)
{
    private static readonly NewareChannel s_channel = new("127.0.0.1", 27, new NewareChannelName(21, 1, 2));

    private static readonly byte[][] s_sound =
    [
        Texts.Reply("download_resp", $"{Texts.DownloadHead}<list count=\"1\">{Texts.Record}</list>"),
        Texts.Reply("inquire_resp", $"<list count=\"1\">{Texts.Inquire}</list>"),
        Texts.Reply("inquiredf_resp", "<list count=\"1\"><chl devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"2\" testid=\"143\" count=\"5\">true</chl></list>"),
        Texts.Reply("getchlstatus_resp", "<list count=\"1\"><status devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"2\">pause</status></list>"),
        Texts.Reply("getdevinfo_resp", "<middle count=\"1\"><channel ip=\"127.0.0.1\" devtype=\"27\" devid=\"188\" subdevid=\"10\" Channelid=\"1\">true</channel></middle>"),
        Texts.Reply("downloadStepLayer_resp", "<list count=\"1\"><data startseqid=\"1\" endseqid=\"3\" stepindex=\"1\" stepid=\"1\" steptime=\"21600000\"/></list>"),
        Texts.Reply("downloadlog_resp", "<list count=\"1\"><data seqid=\"1\" log_code=\"100000\" atime=\"2025-12-03 16:44:02\"/></list>"),
        Texts.Reply("start_resp", "<list count=\"1\"><start devid=\"21\" chlid=\"2\">ok</start></list>"),
        Texts.Reply("connect_resp", "<result>ok</result>"),
    ];

    [Fact]
    public void Thousands_of_damaged_replies_end_in_values_or_in_a_typed_fault()
    {
        int faults = DamagedInputs.Faults(output.WriteLine, s_sound, "<>\"'&=/-"u8, (input, _) => Survives(input));

        Assert.InRange(faults, DamagedInputs.Count / 10, DamagedInputs.Count);
    }

    /// <summary>False when the input ended in a typed fault.</summary>
    private static bool Survives(byte[] input)
    {
        try
        {
            int searched = 0;
            while (NewareCodec.TryReadFrame(input, ref searched, out ReadOnlySpan<byte> frame, out int used))
            {
                ReadAsAnything(frame);
                input = input[used..];
            }

            return true;
        }
        catch (Exception error) when (error is NewareFormatException or NewareRefusedException)
        {
            return false;
        }
    }

    private static void ReadAsAnything(ReadOnlySpan<byte> frame)
    {
        string text = System.Text.Encoding.UTF8.GetString(frame);
        switch (text)
        {
            case var _ when text.Contains("<cmd>download_resp", StringComparison.Ordinal):
                DownloadMessage.Read(frame, s_channel, 219576, NewareUnits.Amperes);
                break;
            case var _ when text.Contains("<cmd>inquire_resp", StringComparison.Ordinal):
                InquireMessage.Read(frame, [s_channel], NewareUnits.Amperes);
                break;
            case var _ when text.Contains("<cmd>inquiredf", StringComparison.Ordinal):
                CountMessage.Read(frame, [s_channel]);
                break;
            case var _ when text.Contains("<cmd>getchl", StringComparison.Ordinal):
                ChannelStatusMessage.Read(frame, [s_channel]);
                break;
            case var _ when text.Contains("<cmd>getdev", StringComparison.Ordinal):
                DeviceListMessage.Read(frame);
                break;
            case var _ when text.Contains("<cmd>downloadStep", StringComparison.Ordinal):
                StepLayerMessage.Read(frame, s_channel);
                break;
            case var _ when text.Contains("<cmd>downloadlog", StringComparison.Ordinal):
                LogMessage.Read(frame, s_channel);
                break;
            case var _ when text.Contains("<cmd>start", StringComparison.Ordinal):
                StartMessage.Read(frame, s_channel);
                break;
            default:
                ConnectMessage.Read(frame);
                break;
        }
    }
}
