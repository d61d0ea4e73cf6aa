using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;
using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Service.Offline;

namespace CellLab.Cli.Verbs;

/// <summary><c>protocol check</c>: without a service, unless a pipeline of the running service is named.</summary>
internal sealed class ProtocolCheckVerb
{
    private readonly Argument<string> file = new("FILE") { Description = "Protocol" };
    private readonly Option<string> mass = new("--mass") { Description = "Active mass, for example 2.00mg" };
    private readonly Option<string> capacity = new("--capacity") { Description = "What 1C means, for example 250mAh/g (with --mass) or 0.5mAh" };
    private readonly ChannelOptions channel = new();
    private readonly Option<string[]> set = SetOption.Create();
    private readonly Option<bool> acceptLosses = AcceptLosses.Create();
    private readonly Option<bool> json = Listing.JsonOption();

    public static Command Build(CliEnvironment environment) => new ProtocolCheckVerb().ToCommand(environment);

    private Command ToCommand(CliEnvironment environment)
    {
        var verb = new Command("check", "Lists everything that is wrong or doubtful in a protocol") { file, mass, capacity, set, acceptLosses, json };
        channel.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            ProtocolCheck check = channel.OfService(parsed) is { } pipeline
                ? await AskAsync(environment, parsed, pipeline, cancellationToken)
                : await CheckAsync(parsed, cancellationToken);
            Write(environment, parsed.GetValue(json), parsed.GetRequiredValue(file), check);
            return check.Valid ? ExitCodes.Done : ExitCodes.Failed;
        });
        return verb;
    }

    private async Task<ProtocolCheck> CheckAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = parsed.GetRequiredValue(file);
        var text = new ProtocolText(
            path, await InputFile.ReadAsync(path, cancellationToken), SetOption.Read(parsed.GetValue(set)), parsed.GetValue(acceptLosses));
        RateBaseOptions rateBase = RateBaseOptions.Read(parsed.GetValue(mass), parsed.GetValue(capacity));
        return ProtocolChecker.Check(text, rateBase.Base, rateBase.CapacityAmpereHours, channel.Read(parsed));
    }

    private async Task<ProtocolCheck> AskAsync(CliEnvironment environment, ParseResult parsed, string pipeline, CancellationToken cancellationToken)
    {
        JsonObject body = await ProtocolBody.OfAsync(parsed.GetRequiredValue(file), parsed.GetValue(set), parsed.GetValue(acceptLosses), cancellationToken);
        body["mass"] = parsed.GetValue(mass);
        body["capacity"] = parsed.GetValue(capacity);
        body["pipeline"] = pipeline;
        using var service = new ServiceClient(environment);
        JsonElement answer = await service.PostAsync("protocols/check", body, null, cancellationToken);
        return answer.Deserialize<ProtocolCheck>(ProtocolBody.Json)!;
    }

    private static void Write(CliEnvironment environment, bool json, string file, ProtocolCheck check)
    {
        if (json)
        {
            environment.Out.WriteLine(JsonSerializer.Serialize(check, ProtocolBody.Json));
        }
        else if (check.Valid)
        {
            environment.Out.WriteLine($"{file}: valid, {check.Steps.Count} steps");
            WriteFigures(environment, check);
        }

        WriteFindings(environment, check);
    }

    /// <summary>Current, range and errors of the steps on this cell.</summary>
    private static void WriteFigures(CliEnvironment environment, ProtocolCheck check)
    {
        foreach (CheckedCurrent current in check.Currents)
        {
            environment.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  step {current.Step}: {current.CurrentA * 1e3:0.#####} mA, range {current.RangeA * 1e3:0.###} mA, current error {current.CurrentErrorPercent:0.00} %, CE error {current.CeErrorPercent:0.00} %"));
        }
    }

    private static void WriteFindings(CliEnvironment environment, ProtocolCheck check)
    {
        foreach (Finding error in check.Errors)
        {
            environment.Error.WriteLine(error.ToString());
        }

        foreach (Finding warning in check.Warnings)
        {
            environment.Error.WriteLine($"warning: {warning}");
        }
    }
}
