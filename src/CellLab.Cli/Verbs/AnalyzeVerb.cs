using System.CommandLine;
using CellLab.Cli.Text;
using CellLab.Core.Documents;
using CellLab.Service.Offline.Analyze;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Cli.Verbs;

/// <summary><c>analyze</c> and <c>import</c>: files that a lab already has, without a service.</summary>
internal static class AnalyzeVerb
{
    public static Command Build(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "Export of a cycler, a potentiostat or a mass spectrometer" };
        var with = new Option<string>("--with") { Description = "Settings (JSON): dqdv, eis, gitt, dems" };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("analyze", "Analyses a file: cycles, dQ/dV, impedance, GITT, gas") { file, with, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            AnalyzeResult result = await RunAsync(parsed.GetRequiredValue(file), parsed.GetValue(with), cancellationToken);
            if (parsed.GetValue(json))
            {
                environment.Out.WriteLine(result.ToJson());
            }
            else
            {
                AnalyzeText.Write(environment.Out, result);
            }

            return result.Usable ? ExitCodes.Done : Unusable(environment, parsed.GetRequiredValue(file), result);
        });
        return verb;
    }

    /// <summary><c>import</c>: what a file is, how much it holds and what is wrong with it.</summary>
    public static Command Import(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "Export of a cycler, a potentiostat or a mass spectrometer" };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("import", "Reads a foreign file and says what it holds and what is wrong with it") { file, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            AnalyzeResult result = await RunAsync(parsed.GetRequiredValue(file), null, cancellationToken);
            if (parsed.GetValue(json))
            {
                environment.Out.WriteLine(result.WithoutSections().ToJson());
            }
            else
            {
                AnalyzeText.WriteFile(environment.Out, result.WithoutSections());
            }

            return result.Usable ? ExitCodes.Done : Unusable(environment, parsed.GetRequiredValue(file), result);
        });
        return verb;
    }

    private static async Task<AnalyzeResult> RunAsync(string path, string? settingsPath, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<Finding> warnings = [];
            AnalyzeSettings settings = settingsPath is null
                ? new AnalyzeSettings()
                : AnalyzeSettingsReader.Read(settingsPath, await InputFile.ReadAsync(settingsPath, cancellationToken), out warnings);
            return await Task.Run(() => FileAnalyzer.Analyze(path, settings, warnings, FolderOf(settingsPath)), cancellationToken);
        }
        catch (ForeignFileException refused)
        {
            throw CliException.Failed(refused.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(path, failure);
        }
    }

    private static string? FolderOf(string? path) => path is null ? null : Path.GetDirectoryName(Path.GetFullPath(path));

    private static int Unusable(CliEnvironment environment, string path, AnalyzeResult result)
    {
        FindingEntry? first = result.Findings.FirstOrDefault(finding => finding.Severity == "error");
        environment.Error.WriteLine(first is null ? $"{path}: holds nothing that could be analysed" : $"{path}: {first.Message}");
        return ExitCodes.Failed;
    }
}
