using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>device list</c>, <c>probe</c>, <c>record</c>, <c>decode</c>. A device's channels follow it, one line each.</summary>
internal static class DeviceVerbs
{
    private static readonly string[] Headers = ["device.channel", "state", "voltage", "current", "job", "said by the instrument"];

    public static Command Build(CliEnvironment environment) => new("device", "What the instruments are doing")
    {
        List(environment),
        DeviceProbe.Build(environment),
        DeviceRecord.Build(environment),
        DeviceDecode.Build(environment),
    };

    private static Command List(CliEnvironment environment)
    {
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("list", "Lists devices and their channels") { json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            JsonElement answer = await service.GetAsync("devices", cancellationToken);
            if (parsed.GetValue(json))
            {
                Listing.WriteJson(environment, answer);
            }
            else
            {
                TextTable.Write(environment.Out, Headers, [.. answer.Items("devices").SelectMany(Rows)]);
            }

            return ExitCodes.Done;
        });
        return verb;
    }

    private static IEnumerable<string[]> Rows(JsonElement device)
    {
        string id = device.TextOf("id") ?? "";
        string simulated = device.TextOf("simulated") == "yes" ? " (simulated)" : "";
        yield return [id + simulated, device.TextOf("state") ?? "", "", "", "", device.TextOf("last_error") ?? device.TextOf("identity.model") ?? ""];
        foreach (JsonElement channel in device.Items("channels"))
        {
            yield return
            [
                "  " + channel.TextOf("channel"),
                channel.TextOf("state") ?? "",
                channel.At("voltage_v") is null ? "" : channel.FixedOf("voltage_v", "0.0000") + " V",
                channel.At("current_a") is null ? "" : CurrentText.Of(channel.NumberOf("current_a") ?? 0),
                channel.TextOf("job") ?? "",
                channel.TextOf("state_text") ?? "",
            ];
        }
    }
}
