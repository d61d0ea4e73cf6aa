using System.CommandLine;
using System.IO.Compression;
using CellLab.Cli.Client;

namespace CellLab.Cli.Verbs;

/// <summary><c>export ID --format F</c>: the service sends one archive, its files are laid into a folder.</summary>
internal static class ExportVerb
{
    public static Command Build(CliEnvironment environment)
    {
        var id = new Argument<string>("ID") { Description = "Job, as in job list" };
        var format = new Option<string>("--format") { Description = "bdf-csv (all records, Battery Data Format), cycles-csv (one row a cycle) or ixdat-csv (cycler and ion currents on one time axis)", Required = true };
        format.AcceptOnlyFromAmong("bdf-csv", "cycles-csv", "ixdat-csv");
        var folder = new Option<string>("--out") { Description = "Folder to write to; default: this one", DefaultValueFactory = _ => "." };
        var verb = new Command("export", "Writes a job's data to files") { id, format, folder };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            string path = $"jobs/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/exports/{parsed.GetRequiredValue(format)}";
            using HttpResponseMessage answer = await service.OpenAsync(path, "application/zip", cancellationToken);
            foreach (string file in await UnpackAsync(answer, parsed.GetRequiredValue(folder), cancellationToken))
            {
                await environment.Out.WriteLineAsync(file);
            }

            return ExitCodes.Done;
        });
        return verb;
    }

    /// <summary>A file appears under its name only when it is whole.</summary>
    private static async Task<List<string>> UnpackAsync(HttpResponseMessage answer, string folder, CancellationToken cancellationToken)
    {
        string archive = Path.GetTempFileName();
        try
        {
            await using (FileStream copy = File.Create(archive))
            {
                await answer.Content.CopyToAsync(copy, cancellationToken);
            }

            Directory.CreateDirectory(folder);
            return await UnpackArchiveAsync(archive, folder, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or UnauthorizedAccessException or InvalidDataException)
        {
            throw CliException.Failed($"the export could not be written to {Path.GetFullPath(folder)}: {failure.Message}");
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private static async Task<List<string>> UnpackArchiveAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        var written = new List<string>();
        await using ZipArchive files = await ZipFile.OpenReadAsync(archive, cancellationToken);
        foreach (ZipArchiveEntry entry in files.Entries)
        {
            string target = Path.Combine(folder, Path.GetFileName(entry.FullName));
            string unfinished = target + ".part";
            await entry.ExtractToFileAsync(unfinished, overwrite: true, cancellationToken);
            File.Move(unfinished, target, overwrite: true);
            written.Add(target);
        }

        return written;
    }
}
