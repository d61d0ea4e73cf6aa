using System.CommandLine;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>job label ID</c>: a page to print, for a cell that was taken out.</summary>
internal static class JobLabel
{
    public static Command Build(CliEnvironment environment)
    {
        Argument<string> id = JobVerbs.IdArgument();
        var file = new Option<string>("--out") { Description = "File to write; default: label-ID.html here" };
        var verb = new Command("label", "Writes printable labels with a QR code for a cell that was taken out (step harvest)") { id, file };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string job = parsed.GetRequiredValue(id);
            using var service = new ServiceClient(environment);
            using HttpResponseMessage answer = await service.OpenAsync($"jobs/{Uri.EscapeDataString(job)}/labels", "text/html", cancellationToken);
            string path = parsed.GetValue(file) ?? $"label-{job}.html";
            await OutputFile.WriteAsync(path, await answer.Content.ReadAsStringAsync(cancellationToken), cancellationToken);
            await environment.Out.WriteLineAsync(path);
            return ExitCodes.Done;
        });
        return verb;
    }
}
