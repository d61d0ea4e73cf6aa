using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Cli.Text;
using CellLab.Service.Offline.Report;

namespace CellLab.Cli.Verbs;

/// <summary><c>report JOB... | --group G</c>: one HTML file, and each figure as SVG.</summary>
internal static class ReportVerb
{
    public static Command Build(CliEnvironment environment)
    {
        var jobs = new Argument<string[]>("JOB") { Description = "Jobs, as in job list", Arity = ArgumentArity.ZeroOrMore };
        var group = new Option<string>("--group") { Description = "All jobs of the samples of this group" };
        var folder = new Option<string>("--out") { Description = "Folder to write to; default: this one", DefaultValueFactory = _ => "." };
        var exclude = new Option<string[]>("--exclude") { Description = "JOB=REASON: named in the report, but in no figure and no mean", AllowMultipleArgumentsPerToken = false };
        var title = new Option<string>("--title") { Description = "Heading of the report" };
        var verb = new Command("report", "Makes one HTML file of the figures and results of jobs") { jobs, group, folder, exclude, title };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            var reader = new ReportReader(service.GetAsync);
            IReadOnlyList<string> ids = parsed.GetValue(group) is { } name ? await reader.JobsOfGroupAsync(name, cancellationToken) : parsed.GetValue(jobs) ?? [];
            if (ids.Count == 0)
            {
                throw parsed.GetValue(group) is { } empty
                    ? CliException.Failed($"no job of a sample of group '{empty}' is known; see sample list and job list")
                    : CliException.Usage("name at least one job, or a group of samples with --group");
            }

            Dictionary<string, string> reasons = Exclusions(parsed.GetValue(exclude) ?? []);
            var read = new List<ReportedJob>();
            foreach (string id in ids)
            {
                read.Add(await reader.ReadAsync(id, reasons.FirstOrDefault(reason => id.StartsWith(reason.Key, StringComparison.Ordinal)).Value, cancellationToken));
            }

            JsonElement status = await service.GetAsync("status", cancellationToken);
            string heading = parsed.GetValue(title) ?? (parsed.GetValue(group) is { } g ? $"Report on {g}" : $"Report on {string.Join(", ", read.Select(job => job.Material).Distinct())}");
            ReportContents contents = ReportContents.Of(heading, $"site {status.TextOf("site")}", environment.Wall.GetUtcNow(), read);
            await WriteAsync(environment, contents, parsed.GetRequiredValue(folder), cancellationToken);
            return ExitCodes.Done;
        });
        return verb;
    }

    private static Dictionary<string, string> Exclusions(string[] given)
    {
        var reasons = new Dictionary<string, string>();
        foreach (string item in given)
        {
            string[] parts = item.Split('=', 2);
            if (parts.Length < 2 || parts[0].Length == 0 || parts[1].Trim().Length == 0)
            {
                throw CliException.Usage($"--exclude '{item}': expected JOB=REASON, for example --exclude a1b2c3d4=\"leaked\"");
            }

            reasons[parts[0]] = parts[1].Trim();
        }

        return reasons;
    }

    private static async Task WriteAsync(CliEnvironment environment, ReportContents contents, string folder, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failed($"{folder}: {failure.Message}");
        }

        foreach ((string name, string text) in contents.Drawings().Prepend(("report.html", contents.ToHtml())))
        {
            string path = Path.Combine(folder, name);
            await OutputFile.WriteAsync(path, text, cancellationToken);
            await environment.Out.WriteLineAsync(path);
        }
    }
}
