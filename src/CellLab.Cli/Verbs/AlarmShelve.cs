using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>alarm shelve</c>: somebody knows, and no message goes out until a time.</summary>
internal static class AlarmShelve
{
    public static Command Build(CliEnvironment environment)
    {
        var id = new Argument<string>("ID") { Description = "Alarm, as in alarm list" };
        var until = new Option<string>("--until") { Description = "Date with a time (ISO 8601; without a zone: of this machine), or a duration as 8h, 90min, 2d; 'now' takes it off the shelf", Required = true };
        var note = new Option<string>("--note") { Description = "Why", Required = true };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("shelve", "Sends nobody a message about the alarm until a time") { id, until, note, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            string alarm = parsed.GetRequiredValue(id);
            DateTimeOffset time = Read(parsed.GetRequiredValue(until), environment.Wall.GetUtcNow());
            var body = new JsonObject { ["until_utc"] = time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), ["note"] = parsed.GetValue(note) };
            JsonElement answer = await service.PostAsync($"alarms/{Uri.EscapeDataString(alarm)}/shelve", body, null, cancellationToken);
            Listing.WriteAnswer(environment, parsed.GetValue(json), answer, answer.TextOf("shelved_until_utc") is null ? $"{alarm} is off the shelf" : $"shelved {alarm} until {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
            return ExitCodes.Done;
        });
        return verb;
    }

    internal static DateTimeOffset Read(string text, DateTimeOffset now)
    {
        (string Ending, double Seconds)[] units = [("min", 60), ("h", 3600), ("d", 86400)];
        foreach ((string ending, double seconds) in units)
        {
            if (text.EndsWith(ending, StringComparison.Ordinal) && double.TryParse(text[..^ending.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 1e4)
            {
                return now + TimeSpan.FromSeconds(number * seconds);
            }
        }

        return text == "now" ? now
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time) ? time
            : throw CliException.Usage($"--until is '{text}'; expected a date with a time such as 2026-05-04T18:00, or a duration such as 8h");
    }
}
