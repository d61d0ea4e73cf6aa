using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;
using CellLab.Service.Offline;
using CellLab.Service.Offline.Preview;
using CellLab.Service.Offline.Preview.Drawing;

namespace CellLab.Cli.Verbs;

/// <summary><c>protocol preview</c>: rehearses a protocol; without a service, unless a sample or a pipeline of the running one is named.</summary>
internal sealed class ProtocolPreviewVerb
{
    private readonly Argument<string> file = new("FILE") { Description = "Protocol: CellLab's own form, unicycler, PyBaMM or a NEWARE step file" };
    private readonly Option<string> mass = new("--mass") { Description = "Active mass, for example 2.00mg" };
    private readonly Option<string> capacity = new("--capacity") { Description = "What 1C means, for example 250mAh/g (with --mass) or 0.5mAh" };
    private readonly Option<string> sample = new("--sample") { Description = "A sample of the running service, in the place of mass and capacity" };
    private readonly Option<string> cell = new("--cell")
    {
        Description = $"Simulated cell to play on: {string.Join(", ", ProtocolRehearsal.Cells)}; without it a plain estimate from capacity and current",
    };

    private readonly Option<string> start = new("--start") { Description = "When it is to begin, for example 2026-05-04T18:00; default: now" };
    private readonly ChannelOptions channel = new();
    private readonly Option<string[]> set = SetOption.Create();
    private readonly Option<bool> acceptLosses = AcceptLosses.Create();
    private readonly Option<string> svg = new("--svg") { Description = "File for a drawing of voltage over time and capacity per cycle" };
    private readonly Option<bool> json = Listing.JsonOption();

    public static Command Build(CliEnvironment environment) => new ProtocolPreviewVerb().ToCommand(environment);

    private Command ToCommand(CliEnvironment environment)
    {
        var verb = new Command("preview", "Shows what a protocol will do: currents, durations, capacities, finishing date")
        {
            file, mass, capacity, sample, cell, start, set, acceptLosses, svg, json,
        };
        channel.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            ProtocolPreview preview = parsed.GetValue(sample) is not null || channel.OfService(parsed) is not null
                ? await AskAsync(environment, parsed, cancellationToken)
                : await PlayAsync(environment, parsed, cancellationToken);
            await WriteAsync(environment, parsed, preview, cancellationToken);
            return preview.StoppedBy is null ? ExitCodes.Done : ExitCodes.Failed;
        });
        return verb;
    }

    private async Task<ProtocolPreview> PlayAsync(CliEnvironment environment, ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = parsed.GetRequiredValue(file);
        var text = new ProtocolText(
            path, await InputFile.ReadAsync(path, cancellationToken), SetOption.Read(parsed.GetValue(set)), parsed.GetValue(acceptLosses));
        RateBaseOptions rateBase = RateBaseOptions.Read(parsed.GetValue(mass), parsed.GetValue(capacity));
        var setup = new RehearsalSetup
        {
            Cell = parsed.GetValue(cell),
            Base = rateBase.Base,
            Chosen = channel.Read(parsed),
            StartsAt = Start(environment, parsed),
        };
        try
        {
            PreviewOutcome outcome = ProtocolPreviewer.Preview(text, rateBase.CapacityAmpereHours, setup, cancellationToken);
            return outcome.Preview ?? throw CliException.Failed(string.Join('\n', outcome.Errors));
        }
        catch (ArgumentException missing)
        {
            throw CliException.Usage(missing.Message);
        }
    }

    private async Task<ProtocolPreview> AskAsync(CliEnvironment environment, ParseResult parsed, CancellationToken cancellationToken)
    {
        JsonObject body = await ProtocolBody.OfAsync(parsed.GetRequiredValue(file), parsed.GetValue(set), parsed.GetValue(acceptLosses), cancellationToken);
        body["mass"] = parsed.GetValue(mass);
        body["capacity"] = parsed.GetValue(capacity);
        body["sample"] = parsed.GetValue(sample);
        body["pipeline"] = channel.OfService(parsed);
        body["cell"] = parsed.GetValue(cell);
        body["start"] = parsed.GetValue(start) is null ? null : Start(environment, parsed).ToString("O", CultureInfo.InvariantCulture);
        using var service = new ServiceClient(environment);
        JsonElement answer = await service.PostAsync("protocols/preview", body, null, cancellationToken);
        return answer.Deserialize<ProtocolPreview>(ProtocolBody.Json)!;
    }

    private DateTimeOffset Start(CliEnvironment environment, ParseResult parsed)
    {
        if (parsed.GetValue(start) is not { } text)
        {
            return environment.Wall.GetUtcNow();
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time)
            ? time
            : throw CliException.Usage($"--start: '{text}' is no date with a time; write for example 2026-05-04T18:00 or 2026-05-04T18:00+02:00");
    }

    private async Task WriteAsync(CliEnvironment environment, ParseResult parsed, ProtocolPreview preview, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(svg) is { } drawing)
        {
            await OutputFile.WriteAsync(drawing, PreviewSvg.Write(preview, Path.GetFileNameWithoutExtension(parsed.GetRequiredValue(file))), cancellationToken);
        }

        if (parsed.GetValue(json))
        {
            environment.Out.WriteLine(JsonSerializer.Serialize(preview, ProtocolBody.Json));
        }
        else
        {
            PreviewText.Write(environment.Out, preview, environment.Wall.LocalTimeZone, environment.DrawsBlocks);
        }

        foreach (string line in preview.Warnings.Select(warning => $"warning: {warning}").Append(preview.StoppedBy ?? "").Where(line => line.Length > 0))
        {
            environment.Error.WriteLine(line);
        }
    }
}
