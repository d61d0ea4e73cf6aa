using System.CommandLine;
using System.Globalization;
using CellLab.Service.Offline.Instruments;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Cli.Verbs;

/// <summary><c>device record ID</c>: writes what passes on the wire of one device while it is probed and polled. Needs no service, and refuses while one
/// holds the device.</summary>
internal static class DeviceRecord
{
    private const double UsualSeconds = 10;

    public static Command Build(CliEnvironment environment)
    {
        var id = new Argument<string>("ID") { Description = "Device, as in the configuration" };
        Option<string?> config = DirectOptions.Config();
        var output = new Option<string?>("--out") { Description = "New file; default: the device's name and the time, ending in .wire" };
        var seconds = new Option<double>("--seconds") { Description = "How long it is polled after the probe", DefaultValueFactory = _ => UsualSeconds };
        NumberRules.Require(seconds, value => value is >= 0 and <= 86400, "seconds from 0 to 86400");
        var verb = new Command("record", "Records the wire of one device while it is probed and polled; the file holds the device's account too") { id, config, output, seconds };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string device = parsed.GetRequiredValue(id);
            string stamp = environment.Wall.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
            string file = parsed.GetValue(output) ?? $"{device}-{stamp}.wire";
            int polls = await DirectOptions.UseAsync(device, () => DeviceRecording.RecordAsync(
                DirectOptions.File(environment, parsed.GetValue(config)), device, file, TimeSpan.FromSeconds(parsed.GetValue(seconds)), environment.Wall,
                NullLoggerFactory.Instance, cancellationToken));
            await environment.Out.WriteLineAsync($"{file}: probed once, polled {polls} times; keep it to yourself when the device has an account");
            return ExitCodes.Done;
        });
        return verb;
    }
}
