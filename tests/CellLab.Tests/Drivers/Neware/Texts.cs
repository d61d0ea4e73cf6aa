using System.Text;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>Replies as recorded from BTS 8.0 systems and as the vendor's description has them, byte for byte where it matters.</summary>
internal static class Texts
{
    public const string Terminator = "\n\n#\r\n";

    public const string Inquire =
        """
        <inquire dev="27-21-1-2-0" cycle_id="44" step_id="4" step_type="dc" workstatus="working" barcode="cell_02"
          current="-0.0003" voltage="4.6947" capacity="0.001" energy="0.0047" totaltime="3189199.3" relativetime="12319"
          open_or_close="0" log_code="102000"/>
        """;

    public const string IdleInquire =
        """
        <inquire dev="27-21-1-3-0" cycle_id="0" step_type="--" workstatus="finish" barcode="--" current="0" voltage="3.1" capacity="0"
          energy="0" totaltime="0" relativetime="0" open_or_close="0" log_code="0" T1="25.3"/>
        """;

    public const string Record =
        """
        <data seqid="219576" stepid="24" cycleid="29" steptype="dc" testtime="36070000" atime="2025-12-28 22:29:05"
              volt="3.6780698299408" curr="-0.000295051460852847" cap="0.00295628436449786" eng="0.0135611368830335"/>
        """;

    public const string DownloadHead =
        """<download devtype="27" devid="21" subdevid="1" chlid="2" testid="143" startpos="219576" count="1000" auxid="0"/>""";

    public static byte[] Reply(string command, string body) => Encoding.UTF8.GetBytes(
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<bts version=\"1.0\">\r\n<cmd>{command}</cmd>\r\n{body}\r\n</bts>{Terminator}");

    /// <summary>The document alone, as the framing gives it on.</summary>
    public static byte[] Frame(string command, string body) => Reply(command, body)[..^Terminator.Length];
}
