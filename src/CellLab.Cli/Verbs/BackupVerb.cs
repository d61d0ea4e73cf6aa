using System.CommandLine;
using System.Globalization;
using CellLab.Cli.Text;
using CellLab.Core.Storage;
using CellLab.Service.Offline.Maintenance;

namespace CellLab.Cli.Verbs;

/// <summary><c>backup DIR</c>: the node's data as of now, whether the service runs or not; on the node's own machine.</summary>
internal static class BackupVerb
{
    public static Command Build(CliEnvironment environment)
    {
        var target = new Argument<string>("DIR") { Description = "A new folder" };
        var config = new Option<string>("--config") { Description = "Configuration of the node; default: config/celllab.json" };
        var verb = new Command("backup", "Copies all data of the node while it runs: journal, jobs, results, users, configuration") { target, config };
        verb.SetAction(parsed =>
        {
            string file = parsed.GetValue(config) ?? Path.Combine(Installation.Folder(environment), "config", "celllab.json");
            string folder = Path.GetFullPath(parsed.GetRequiredValue(target));
            try
            {
                (int files, long bytes) = NodeBackup.Run(file, folder, environment.Wall);
                environment.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files} files, {bytes / 1e6:F1} MB in {folder}"));
                return ExitCodes.Done;
            }
            catch (StorageException failed)
            {
                throw CliException.Failed(failed.Message);
            }
        });
        return verb;
    }
}
