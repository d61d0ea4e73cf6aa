using System.Text;
using CellLab.Core.Records;
using CellLab.Drivers.Neware;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Tests.Drivers.Neware;

public sealed class MessageTests
{
    private static readonly NewareChannel s_two = new("127.0.0.1", 27, new NewareChannelName(21, 1, 2));
    private static readonly NewareChannel s_three = new("127.0.0.1", 27, new NewareChannelName(21, 1, 3));

    [Fact]
    public void Requests_are_those_of_the_published_clients()
    {
        const string A = "ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"2\"";
        const string B = "devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"2\"";

        AssertBody("<cmd>connect</cmd><username>admin</username><password>neware</password><type>bfgs</type>", ConnectMessage.Write("admin", "neware"));
        AssertBody($"<cmd>getchlstatus</cmd><list count=\"1\"><status {A}>true</status></list>", ChannelStatusMessage.Write([s_two]));
        AssertBody($"<cmd>inquire</cmd><list count=\"1\"><inquire {A} aux=\"0\" barcode=\"1\">true</inquire></list>", InquireMessage.Write([s_two]));
        AssertBody($"<cmd>inquiredf</cmd><list count=\"1\"><chl {B} testid=\"0\"/></list>", CountMessage.Write([s_two], 0));
        AssertBody($"<cmd>download</cmd><download {B} auxid=\"0\" testid=\"0\" startpos=\"1\" count=\"1000\"/>", DownloadMessage.Write(s_two, 0, 1, 1000));
        AssertBody($"<cmd>downloadStepLayer</cmd><downloadStepLayer {B} testid=\"143\"/>", StepLayerMessage.Write(s_two, 143));
        AssertBody($"<cmd>downloadlog</cmd><download {B} testid=\"143\"/>", LogMessage.Write(s_two, 143));
        AssertBody($"<cmd>stop</cmd><list count=\"1\"><stop {A}>true</stop></list>", ChannelCommandMessage.Write("stop", s_two));
        AssertBody($"<cmd>light</cmd><list count=\"1\"><light {A}>false</light></list>", ChannelCommandMessage.Write("light", s_two, false));
        AssertBody($"<cmd>setpause</cmd><list count=\"1\"><setpause {A} cycleid=\"-1\" stepid=\"-1\" timeout=\"\"/></list>", PauseMessage.Write(s_two));
    }

    [Fact]
    public void Barcode_and_path_of_a_start_are_escaped()
    {
        string request = Encoding.UTF8.GetString(StartMessage.Write(s_two, "A&B <\"1\">", @"C:\R&D\a.xml"));

        Assert.Contains("barcode=\"A&amp;B &lt;&quot;1&quot;&gt;\">C:\\R&amp;D\\a.xml</start>", request, StringComparison.Ordinal);
    }

    [Fact]
    public void Present_values_of_a_running_and_of_an_idle_channel()
    {
        byte[] frame = Texts.Frame("inquire_resp", $"<list count = \"2\">{Texts.Inquire}{Texts.IdleInquire}</list>\"");

        PresentValues[] values = InquireMessage.Read(frame, [s_two, s_three], NewareUnits.Amperes);

        Assert.Equal("working", values[0].State);
        Assert.Equal("cell_02", values[0].Barcode);
        Assert.Equal(-0.0003, values[0].CurrentAmperes);
        Assert.Equal(4.6947, values[0].VoltageVolts);
        Assert.Equal(3189199.3, values[0].TestSeconds);
        Assert.Equal(4, values[0].StepId);
        Assert.Equal("102000", values[0].Others["log_code"]);
        Assert.Equal("finish", values[1].State);
        Assert.Null(values[1].StepId);
        Assert.Null(values[1].Barcode);
        Assert.Equal("25.3", values[1].Others["T1"]);
    }

    [Theory]
    [InlineData("donwload_resp")]
    [InlineData("download_resp")]
    public void A_record_of_a_download_in_both_spellings(string command)
    {
        byte[] frame = Texts.Frame(command, $"{Texts.DownloadHead}<list count=\"1\">{Texts.Record}</list>");

        RecordPage page = DownloadMessage.Read(frame, s_two, 219576, NewareUnits.Amperes);

        Assert.Equal(143, page.TestId);
        StoredRecord record = Assert.Single(page.Records);
        Assert.Equal(
            new StoredRecord(
                219576, 24, 29, StepKind.ConstantCurrentDischarge, 36070.0, new DateTime(2025, 12, 28, 22, 29, 5, DateTimeKind.Unspecified),
                3.6780698299408, -0.000295051460852847, 0.00295628436449786, 0.0135611368830335),
            record);
    }

    [Fact]
    public void A_device_set_to_milliamperes_gives_the_same_in_SI()
    {
        string inMilliamperes = Texts.Record.Replace("-0.000295051460852847", "-0.295051460852847", StringComparison.Ordinal);
        byte[] frame = Texts.Frame("download_resp", $"{Texts.DownloadHead}<list count=\"1\">{inMilliamperes}</list>");

        StoredRecord record = DownloadMessage.Read(frame, s_two, 219576, NewareUnits.Milliamperes).Records[0];

        Assert.Equal(-0.000295051460852847, record.CurrentAmperes, 15);
        Assert.Equal(2.95628436449786e-6, record.AmpereHours!.Value, 15);
    }

    [Fact]
    public void The_device_list_is_read_in_the_2024_and_in_the_2025_form()
    {
        const string Channels =
            """
            <middle count="2"><channel ip="127.0.0.1" devtype="27" devid="188" subdevid="10" Channelid="1">true</channel>
            <channel ip="127.0.0.1" devtype="27" devid="188" subdevid="10" Channelid="2">false</channel></middle>
            """;
        const string New =
            """
            <client version="BTS Client 2025.11.24(R3) (64)"/><serverip count="1"><server ip="127.0.0.1" port="3306" version="8.0.4.546" devCount="1">
            <dev ip="192.168.1.188" devid="188" zwjVersion="1" xwjCount="1"><xwj id="10" xwjVersion="1" xwjGuid="x"/></dev></server></serverip>
            """;

        DeviceList older = DeviceListMessage.Read(
            Texts.Frame("getdevinfo_resp", "<serverip count=\"1\"><server ip=\"127.0.0.1\" port=\"3306\"/></serverip>" + Channels));
        DeviceList newer = DeviceListMessage.Read(Texts.Frame("getdevinfo_resp", New + Channels));

        Assert.Equal(["188-10-1", "188-10-2"], older.Channels.Select(c => c.ToString()));
        Assert.Equal(older.Channels, newer.Channels);
        Assert.Null(older.ClientVersion);
        Assert.Equal("BTS Client 2025.11.24(R3) (64)", newer.ClientVersion);
        Assert.Equal("8.0.4.546", newer.ServerVersion);
    }

    [Fact]
    public void States_are_matched_by_position_although_the_reply_says_unit_1()
    {
        byte[] frame = Texts.Frame(
            "getchlstatus_resp",
            """
            <list count="2"><status ip="127.0.0.1" devtype="27" devid="21" subdevid="1" chlid="2" reservepause="1">working</status>
            <status ip="127.0.0.1" devtype="27" devid="21" subdevid="1" chlid="2" reservepause="1">finish</status></list>
            """);
        NewareChannel otherUnit = s_two with { Name = new NewareChannelName(21, 5, 2) };

        Assert.Equal(["working", "finish"], ChannelStatusMessage.Read(frame, [s_two, otherUnit]));
    }

    [Fact]
    public void Counts_tell_test_number_and_whether_everything_is_there()
    {
        byte[] frame = Texts.Frame(
            "inquiredf_resp",
            """
            <list count="2"><chl devtype="27" devid="21" subdevid="1" chlid="2" testid="143" count="219585">true</chl>
            <chl devtype="27" devid="21" subdevid="1" chlid="3" testid="0" count="0">false</chl></list>
            """);

        Assert.Equal(
            [new StoredCount(143, 219585, true), new StoredCount(null, 0, false)], CountMessage.Read(frame, [s_two, s_three]));
    }

    [Fact]
    public void Executed_steps_and_log_lines()
    {
        byte[] layer = Texts.Frame(
            "downloadStepLayer_resp",
            """
            <list count="1"><data startseqid="1" endseqid="361" stepindex="1" stepid="1" cycleid="1" steptype="rest" steptime="21600000"
            endatime="2025-12-03 22:44:02" startvolt="3.1" endvolt="3.1" startcurr="0" endcurr="0" cap="0" eng="0" dcir="0"/></list>
            """);
        byte[] log = Texts.Frame("donwloadlog_resp", """<list count="1"><data seqid="1" log_code="100000" atime="2025-12-03 16:44:02"/></list>""");

        Assert.Equal([new ExecutedStep(1, 361, 1, 1, 21600.0)], StepLayerMessage.Read(layer, s_two));
        Assert.Equal([new LogLine(1, 100000, new DateTime(2025, 12, 3, 16, 44, 2, DateTimeKind.Unspecified))], LogMessage.Read(log, s_two));
    }

    [Fact]
    public void A_late_reply_of_another_command_or_channel_or_page_is_not_taken()
    {
        byte[] page = Texts.Frame("download_resp", $"{Texts.DownloadHead}<list count=\"1\">{Texts.Record}</list>");

        Assert.Throws<NewareFormatException>(() => CountMessage.Read(page, [s_two]));
        Assert.Throws<NewareFormatException>(() => DownloadMessage.Read(page, s_three, 219576, NewareUnits.Amperes));
        Assert.Throws<NewareFormatException>(() => DownloadMessage.Read(page, s_two, 1, NewareUnits.Amperes));
        Assert.Throws<NewareFormatException>(
            () => InquireMessage.Read(Texts.Frame("inquire_resp", $"<list count=\"2\">{Texts.Inquire}</list>"), [s_two, s_three], NewareUnits.Amperes));
    }

    [Fact]
    public void A_page_with_a_hole_is_a_fault()
    {
        string next = Texts.Record.Replace("219576", "219578", StringComparison.Ordinal);
        byte[] page = Texts.Frame("download_resp", $"{Texts.DownloadHead}<list count=\"2\">{Texts.Record}{next}</list>");

        var fault = Assert.Throws<NewareFormatException>(() => DownloadMessage.Read(page, s_two, 219576, NewareUnits.Amperes));

        Assert.Equal("expected record 219577, found 219578", fault.Message);
    }

    [Fact]
    public void A_refused_request_is_told_from_a_broken_one()
    {
        Assert.Throws<NewareRefusedException>(
            () => StepLayerMessage.Read(Texts.Frame("downloadStepLayer_resp", "<result>false</result>"), s_two));
    }

    private static void AssertBody(string expected, byte[] request)
    {
        const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\r\n<bts version=\"1.0\">";
        Assert.Equal($"{Head}{expected}</bts>{Texts.Terminator}", Encoding.UTF8.GetString(request));
    }
}
