using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>alarm list|ack|shelve</c>. An alarm goes when it is acknowledged and its cause is gone.</summary>
internal static class AlarmVerbs
{
    public static Command Build(CliEnvironment environment) => new("alarm", "What a person has to look at") { List(environment), Acknowledge(environment), AlarmShelve.Build(environment) };

    private static Command List(CliEnvironment environment)
    {
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("list", "Lists alarms that are not over") { json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            JsonElement answer = await service.GetAsync("alarms", cancellationToken);
            Listing.Write(
                environment, parsed.GetValue(json), answer, "alarms",
                Column.Of("id", "id"), Column.Of("severity", "severity"), Column.Of("active", "active"),
                Column.Of("acknowledged by", "acknowledged_by"), Column.Of("shelved until", "shelved_until_utc"), Column.Of("job", "job"), Column.Of("text", "text"));
            return ExitCodes.Done;
        });
        return verb;
    }

    private static Command Acknowledge(CliEnvironment environment)
    {
        var id = new Argument<string>("ID") { Description = "Alarm, as in alarm list" };
        var note = new Option<string>("--note") { Description = "What was seen or done" };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("ack", "Says that the alarm has been seen; your name is kept with it") { id, note, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            string alarm = parsed.GetRequiredValue(id);
            var body = new JsonObject { ["note"] = parsed.GetValue(note) };
            JsonElement answer = await service.PostAsync($"alarms/{Uri.EscapeDataString(alarm)}/ack", body, null, cancellationToken);
            Listing.WriteAnswer(environment, parsed.GetValue(json), answer, $"acknowledged {alarm}");
            return ExitCodes.Done;
        });
        return verb;
    }
}
