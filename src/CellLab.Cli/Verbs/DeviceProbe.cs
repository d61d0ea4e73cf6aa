using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Cli.Text;
using CellLab.Service.Offline.Instruments;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Cli.Verbs;

/// <summary><c>device probe ID</c>: a read-only health check, done by the service in its turn with the other traffic; with <c>--config</c> by this process,
/// which refuses while a service holds the device.</summary>
internal static class DeviceProbe
{
    public static Command Build(CliEnvironment environment)
    {
        var id = new Argument<string>("ID") { Description = "Device, as in device list" };
        var config = new Option<string?>("--config") { Description = "Connects to the device directly, by this configuration; needs no service and refuses while one holds it" };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("probe", "Asks one device who it is, what its channels do and whether clock and wiring are right; through the service it changes nothing") { id, config, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string device = parsed.GetRequiredValue(id);
            JsonElement answer = parsed.GetValue(config) is { } file
                ? await DirectOptions.UseAsync(device, () => DeviceProbing.ProbeAsync(file, device, NullLoggerFactory.Instance, cancellationToken))
                : await AskServiceAsync(environment, device, cancellationToken);
            Write(environment, parsed.GetValue(json), answer);
            return ExitCodes.Done;
        });
        return verb;
    }

    private static async Task<JsonElement> AskServiceAsync(CliEnvironment environment, string device, CancellationToken cancellationToken)
    {
        using var service = new ServiceClient(environment);
        return await service.PostAsync($"devices/{Uri.EscapeDataString(device)}/probe", null, null, cancellationToken);
    }

    private static void Write(CliEnvironment environment, bool json, JsonElement answer)
    {
        if (json)
        {
            Listing.WriteJson(environment, answer);
            return;
        }

        environment.Out.WriteLine($"model     {answer.TextOf("identity.model") ?? "not told"}");
        environment.Out.WriteLine($"serial    {answer.TextOf("identity.serial") ?? "not told"}");
        environment.Out.WriteLine($"firmware  {answer.TextOf("identity.firmware") ?? "not told"}");
        environment.Out.WriteLine($"clock     {Clock(answer)}");
        Listing.Write(
            environment, false, answer, "channels",
            Column.Of("channel", "channel"), Column.Of("state", "state"),
            Column.Number("voltage V", "voltage_v", "0.0000"),
            new Column("current", row => row.NumberOf("current_a") is { } amperes ? CurrentText.Of(amperes) : ""));
        foreach (JsonElement finding in answer.Items("findings"))
        {
            environment.Out.WriteLine($"finding: {finding.GetString()}");
        }
    }

    private static string Clock(JsonElement answer) =>
        answer.At("clock_offset_s") is null
            ? $"not told: {answer.TextOf("clock_source")}"
            : $"{answer.FixedOf("clock_offset_s", "+0.000;-0.000;0.000")} s against ours, +-{answer.FixedOf("clock_uncertainty_s", "0.000")} s ({answer.TextOf("clock_source")})";
}
