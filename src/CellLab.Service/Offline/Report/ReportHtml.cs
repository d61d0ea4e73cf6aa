using System.Globalization;
using System.Net;
using System.Text;

namespace CellLab.Service.Offline.Report;

/// <summary>One self-contained HTML file: no script, no other file, nothing from a network.</summary>
internal static class ReportHtml
{
    private const string Style = """
        :root{color-scheme:light dark}
        body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.2rem;margin-top:2.2rem;border-bottom:1px solid #8886}
        .lead{color:#777;margin-top:.2rem}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-size:13px;margin:.6rem 0}
        th,td{text-align:left;padding:.25rem .7rem .25rem 0;border-bottom:1px solid #8884;vertical-align:top}
        td{font-variant-numeric:tabular-nums}
        figure{margin:1rem 0}figure svg{max-width:100%;height:auto}figcaption{font-size:13px;color:#777}
        .running{border-left:4px solid #c7702a;padding:.3rem .8rem;background:#c7702a22}
        @media print{h2{break-after:avoid}figure{break-inside:avoid}}
        """;

    public static string Write(ReportContents contents)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append($"<title>{Escape(contents.Title)}</title>\n<style>\n{Style}\n</style></head><body>\n<h1>{Escape(contents.Title)}</h1>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"lead\">{Escape(contents.Site)}, made {contents.MadeAtUtc:yyyy-MM-dd HH:mm} UTC from what is stored; {contents.Jobs.Count} jobs</p>\n");
        if (contents.Jobs.Any(job => job.Running))
        {
            html.Append($"<p class=\"running\">Still running: {Escape(string.Join(", ", contents.Jobs.Where(job => job.Running).Select(job => job.Label)))}. Their figures will change.</p>\n");
        }

        if (contents.AllJobs.Any(job => job.Excluded is not null))
        {
            html.Append($"<p class=\"running\">Left out of figures and means: {Escape(string.Join(", ", contents.AllJobs.Where(job => job.Excluded is not null).Select(job => $"{job.Label}: {job.Excluded}")))}.</p>\n");
        }

        Table(html, "Results by material", contents.Materials, "Mean ± sample standard deviation over cells of one material (as registered with the sample; else sample names that differ in a trailing number only). Values that stand far off (modified z-score above 3.5) are named, not left out.");
        foreach ((Figure figure, string svg) in contents.Figures)
        {
            html.Append($"<h2>{Escape(figure.Title)}</h2>\n<figure>\n{svg}<figcaption>{Escape(figure.Caption)}</figcaption></figure>\n");
        }

        Table(html, "Results by cell", contents.Each, "Value ± standard uncertainty where the method gives one: gas with background, calibration, mass and flow; D with the error of the slope alone.");
        Table(html, "Jobs", ReportTables.Jobs(contents.AllJobs), null);
        Table(html, "Methods and inputs", contents.Inputs, "What goes into a figure stands here; diffusion coefficients depend on area and density more than on the measurement.");
        Table(html, "Gaps, resumes, alarms", contents.Remarks, contents.Remarks.Rows.Count == 0 ? "None." : null);
        return html.Append("</body></html>\n").ToString();
    }

    private static void Table(StringBuilder html, string title, HtmlTable table, string? note)
    {
        html.Append($"<h2>{Escape(title)}</h2>\n");
        if (note is not null)
        {
            html.Append($"<p>{Escape(note)}</p>\n");
        }

        if (table.Rows.Count == 0)
        {
            return;
        }

        html.Append("<div class=\"scroll\"><table>\n<thead><tr>");
        html.AppendJoin("", table.Headers.Select(header => $"<th scope=\"col\">{Escape(header)}</th>"));
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (string[] row in table.Rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Escape(cell)}</td>")).Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
