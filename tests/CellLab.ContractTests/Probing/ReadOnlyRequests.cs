using System.Text;
using System.Text.RegularExpressions;

namespace CellLab.ContractTests.Probing;

/// <summary>Which requests of each wire only read, written down here apart from the drivers.</summary>
internal static partial class ReadOnlyRequests
{
    public const string ModbusRtu = "Modbus RTU";

    private static readonly string[] s_bts = ["getdevinfo", "inquire", "inquiredf", "download", "downloadStepLayer", "downloadlog", "getchlstatus"];
    private static readonly string[] s_bridge = ["hello", "status"];

    /// <summary>What is sent that does more than read; empty when all is well.</summary>
    public static IEnumerable<string> Beyond(string driver, IReadOnlyList<byte[]> sent) => driver switch
    {
        "Neware" => Texts(sent).SelectMany(text => BtsCommand().Matches(text).Select(match => match.Groups[1].Value)).Except(s_bts),
        "MethodScript" => Script(string.Concat(Texts(sent))),
        "Autolab" => Texts(sent).SelectMany(text => BridgeOp().Matches(text).Select(match => match.Groups[1].Value)).Except(s_bridge),
        "SrsRga" => string.Concat(Texts(sent)).Split('\r', StringSplitOptions.RemoveEmptyEntries).Where(command => !command.EndsWith('?')),
        "PrismaPro" => Texts(sent).Select(text => text.Split(' ')[1]).Where(path => !PrismaRead().IsMatch(path)),
        ModbusRtu => sent.Where(frame => frame[1] is < 1 or > 4).Select(Convert.ToHexString),
        _ => sent.Where(frame => frame[7] is < 1 or > 4).Select(Convert.ToHexString), // Modbus TCP: seven bytes of header, then the function
    };

    /// <summary>Identity, serial number, language and loading and running of a script in which the cell is off before anything is measured and never on.</summary>
    private static IEnumerable<string> Script(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int off = Array.IndexOf(lines, "cell_off");
        int measured = Array.FindIndex(lines, line => line.StartsWith("meas", StringComparison.Ordinal));
        return lines.Where(line => line == "cell_on" || line.StartsWith("set_e", StringComparison.Ordinal) || line.StartsWith("set_i", StringComparison.Ordinal))
            .Concat(measured >= 0 && (off < 0 || off > measured) ? ["measures before cell_off"] : []);
    }

    private static IEnumerable<string> Texts(IEnumerable<byte[]> sent) => sent.Select(Encoding.ASCII.GetString);

    [GeneratedRegex("<cmd>([A-Za-z]+)</cmd>")]
    private static partial Regex BtsCommand();

    [GeneratedRegex("\"op\":\"([a-z]+)\"")]
    private static partial Regex BridgeOp();

    [GeneratedRegex(@"^/mmsp/[A-Za-z/]+/get(\?[A-Za-z&]+)?$")]
    private static partial Regex PrismaRead();
}
