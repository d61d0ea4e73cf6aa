using System.CommandLine;
using CellLab.Cli.Text;
using CellLab.Core.Documents;
using CellLab.Service.Offline;

namespace CellLab.Cli.Verbs;

/// <summary><c>protocol convert FILE --to T</c>: the result on standard output or in a file, losses and errors on standard error.</summary>
internal sealed class ProtocolConvert
{
    private readonly Argument<string> file = new("FILE") { Description = "Protocol" };
    private readonly Option<string> to = new("--to") { Description = "neware (BTS step file), unicycler (JSON) or pybamm (text, one step a line)", Required = true };
    private readonly Option<string> sample = new("--sample") { Description = "Sample name to write" };
    private readonly Option<string> mass = new("--mass") { Description = "Active mass, for a capacity per gram" };
    private readonly Option<string> capacity = new("--capacity") { Description = "What 1C means, for example 3mAh; wins over the file's own" };
    private readonly Option<string[]> set = SetOption.Create();
    private readonly Option<bool> acceptLosses = AcceptLosses.Create();
    private readonly Option<string> output = new("--out") { Description = "File to write; default: standard output" };

    public static Command Build(CliEnvironment environment) => new ProtocolConvert().ToCommand(environment);

    private Command ToCommand(CliEnvironment environment)
    {
        to.AcceptOnlyFromAmong(ProtocolConverter.Neware, ProtocolConverter.Unicycler, ProtocolConverter.PyBamm);
        var verb = new Command("convert", "Writes a protocol in another program's format") { file, to, sample, mass, capacity, set, acceptLosses, output };
        verb.SetAction((parsed, cancellationToken) => RunAsync(environment, parsed, cancellationToken));
        return verb;
    }

    private async Task<int> RunAsync(CliEnvironment environment, ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = parsed.GetRequiredValue(file);
        string text = await InputFile.ReadAsync(path, cancellationToken);
        RateBaseOptions rateBase = RateBaseOptions.Read(parsed.GetValue(mass), parsed.GetValue(capacity));
        ConvertedProtocol converted = ProtocolConverter.Convert(
            new ConversionRequest(path, text, parsed.GetRequiredValue(to), parsed.GetValue(sample), rateBase.Base, rateBase.CapacityAmpereHours)
            {
                Settings = SetOption.Read(parsed.GetValue(set)),
                AcceptLosses = parsed.GetValue(acceptLosses),
            },
            environment.Wall);
        foreach (Finding finding in converted.Findings)
        {
            await environment.Error.WriteLineAsync(finding.ToString());
        }

        if (converted.Text is not { } result)
        {
            return ExitCodes.Failed;
        }

        await WriteAsync(environment, parsed.GetValue(output), result, cancellationToken);
        return ExitCodes.Done;
    }

    private static Task WriteAsync(CliEnvironment environment, string? path, string text, CancellationToken cancellationToken) =>
        path is null ? environment.Out.WriteAsync(text) : OutputFile.WriteAsync(path, text, cancellationToken);
}
