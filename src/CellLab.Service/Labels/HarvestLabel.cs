using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CellLab.Service.Offline.Report;

namespace CellLab.Service.Labels;

/// <summary>Printable labels (62 x 40 mm) for cells that were taken out of a job: sample, state, times, and a QR code of the job's address. One HTML page that
/// needs nothing else.</summary>
internal static class HarvestLabel
{
    private const string Style = """
        @page{size:62mm 40mm;margin:0}
        body{margin:0;font:6pt/1.3 system-ui,sans-serif;color:#000;background:#fff}
        .label{width:58mm;height:36mm;padding:2mm;display:flex;gap:2mm;page-break-after:always;overflow:hidden}
        .label svg{width:20mm;height:20mm;flex:none}.label div{overflow-wrap:anywhere}b{font-size:9pt}
        """;

    /// <param name="harvests">Data of the events <c>harvest</c> of the job, in order.</param>
    public static string Html(Uri address, IEnumerable<JsonElement> harvests)
    {
        string code = Svg(QrCode.Of(address.ToString()));
        var html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Labels</title><style>\n").Append(Style).Append("\n</style></head><body>\n");
        foreach (JsonElement harvest in harvests)
        {
            html.Append("<div class=\"label\">").Append(code).Append("<div>")
                .AppendJoin("<br>\n", Lines(harvest).Select((line, index) => index == 0 ? $"<b>{WebUtility.HtmlEncode(line)}</b>" : WebUtility.HtmlEncode(line)))
                .Append("</div></div>\n");
        }

        return html.Append("</body></html>\n").ToString();
    }

    /// <summary>What stands on one label, line by line; what is not known is left out.</summary>
    public static IEnumerable<string> Lines(JsonElement harvest)
    {
        string?[] lines =
        [
            harvest.Text("sample"),
            Number(harvest, "voltage_v", "E = {0:0.0000} V") is { } volts ? volts + (Number(harvest, "open_circuit_v", ", out at {0:0.000} V") ?? "") : null,
            Number(harvest, "q_total_mah_g", "Q = {0:0.0} mAh/g") is { } charge ? charge + (Number(harvest, "x_li", ", x = {0:0.000}") ?? "") : null,
            Number(harvest, "cycle", "cycle {0:0}"),
            Time(harvest, "reached_utc", "reached"),
            Time(harvest, "open_circuit_utc", "open"),
            Time(harvest, "taken_out_utc", "out"),
            $"job {harvest.Text("job")}, {harvest.Text("by")}",
            harvest.Text("text"),
        ];
        return lines.OfType<string>();
    }

    private static string? Number(JsonElement harvest, string member, string format) =>
        harvest.Number(member) is { } value ? string.Format(CultureInfo.InvariantCulture, format, value) : null;

    private static string? Time(JsonElement harvest, string member, string word) =>
        DateTimeOffset.TryParse(harvest.Text(member), CultureInfo.InvariantCulture, out DateTimeOffset at)
            ? string.Create(CultureInfo.InvariantCulture, $"{word} {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : null;

    /// <summary>With the quiet zone of four modules.</summary>
    private static string Svg(QrCode code)
    {
        int side = code.Size + 8;
        var path = new StringBuilder();
        for (int row = 0; row < code.Size; row++)
        {
            for (int column = 0; column < code.Size; column++)
            {
                _ = code[row, column] ? path.Append(CultureInfo.InvariantCulture, $"M{column + 4} {row + 4}h1v1h-1z") : path;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>");
    }
}
