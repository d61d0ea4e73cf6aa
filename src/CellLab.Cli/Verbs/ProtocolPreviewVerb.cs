using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Text;
using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;
using CellLab.Service.Offline.Preview;

namespace CellLab.Cli.Verbs;

/// <summary><c>protocol preview</c>: rehearses a protocol on the simulated cell, without a service.</summary>
internal static class ProtocolPreviewVerb
{
    private const string DefaultCell = "LMNO";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Build(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "Protocol" };
        var mass = new Option<string>("--mass") { Description = "Active mass, for example 2.00mg", Required = true };
        var capacity = new Option<string>("--capacity") { Description = "What 1C means, for example 250mAh/g", Required = true };
        var cell = new Option<string>("--cell")
        {
            Description = $"Simulated cell to play on: {string.Join(", ", ProtocolRehearsal.Cells)}",
            DefaultValueFactory = _ => DefaultCell,
        };
        Option<string[]> set = SetOption.Create();
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("preview", "Shows what a protocol will do: currents, durations, capacities") { file, mass, capacity, cell, set, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(file);
            RateBaseOptions given = RateBaseOptions.Read(parsed.GetValue(mass), parsed.GetValue(capacity));
            CRateBase rateBase = given.Base ?? throw CliException.Usage("preview needs --mass and --capacity");
            CellProgram program = await CompileAsync(path, SetOption.Read(parsed.GetValue(set)), rateBase, environment, cancellationToken);
            ProtocolPreview preview = Play(program, parsed.GetRequiredValue(cell), rateBase, cancellationToken);
            Write(environment, preview, parsed.GetValue(json));
            return preview.StoppedBy is null ? ExitCodes.Done : ExitCodes.Failed;
        });
        return verb;
    }

    private static async Task<CellProgram> CompileAsync(
        string path, Dictionary<string, string> settings, CRateBase rateBase, CliEnvironment environment, CancellationToken cancellationToken)
    {
        ProtocolReading reading = ProtocolReader.Read(path, await InputFile.ReadAsync(path, cancellationToken), settings);
        Compilation? compiled = reading.Protocol is null ? null : ProgramCompiler.Compile(reading.Protocol, rateBase);
        foreach (Finding warning in reading.Warnings.Concat(compiled?.Warnings ?? []))
        {
            environment.Error.WriteLine($"warning: {warning}");
        }

        return compiled?.Program
            ?? throw CliException.Failed(string.Join('\n', reading.Errors.Concat(compiled?.Errors ?? [])));
    }

    private static ProtocolPreview Play(CellProgram program, string cell, CRateBase rateBase, CancellationToken cancellationToken)
    {
        try
        {
            return ProtocolRehearsal.Play(program, cell, rateBase, cancellationToken);
        }
        catch (ArgumentException unknown)
        {
            throw CliException.Usage($"--cell: {unknown.Message}");
        }
        catch (StepNeverEndsException endless)
        {
            throw CliException.Failed(endless.Message);
        }
    }

    private static void Write(CliEnvironment environment, ProtocolPreview preview, bool json)
    {
        if (json)
        {
            environment.Out.WriteLine(JsonSerializer.Serialize(preview, Json));
            return;
        }

        PreviewText.Write(environment.Out, preview);
        if (preview.StoppedBy is { } stopped)
        {
            environment.Error.WriteLine(stopped);
        }
    }
}
