using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CellLab.Cli.Text;
using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Service.Offline;

namespace CellLab.Cli.Verbs;

/// <summary><c>protocol check</c> and its sisters; all work without a service.</summary>
internal static class ProtocolVerbs
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Build(CliEnvironment environment) => new("protocol", "Check, rehearse and convert protocols")
    {
        Check(environment), ProtocolPreviewVerb.Build(environment), ProtocolConvert.Build(environment),
    };

    private static Command Check(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "Protocol" };
        var mass = new Option<string>("--mass") { Description = "Active mass, for example 2.00mg" };
        var capacity = new Option<string>("--capacity") { Description = "What 1C means, for example 250mAh/g (with --mass) or 0.5mAh" };
        var ranges = new Option<string>("--ranges") { Description = "Current ranges of the channel, for example 1mA,10mA; default 0.1, 1, 5 and 10 mA" };
        Option<string[]> set = SetOption.Create();
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("check", "Lists everything that is wrong or doubtful in a protocol") { file, mass, capacity, ranges, set, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(file);
            string text = await InputFile.ReadAsync(path, cancellationToken);
            var rateBase = RateBaseOptions.Read(parsed.GetValue(mass), parsed.GetValue(capacity));
            ProtocolCheck check = ProtocolChecker.Check(path, text, rateBase.Base, rateBase.CapacityAmpereHours, CurrentRanges.Read(parsed.GetValue(ranges)),
                SetOption.Read(parsed.GetValue(set)));
            Write(environment, parsed.GetValue(json), path, check);
            return check.Valid ? ExitCodes.Done : ExitCodes.Failed;
        });
        return verb;
    }

    private static void Write(CliEnvironment environment, bool json, string file, ProtocolCheck check)
    {
        if (json)
        {
            environment.Out.WriteLine(JsonSerializer.Serialize(check, Json));
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
