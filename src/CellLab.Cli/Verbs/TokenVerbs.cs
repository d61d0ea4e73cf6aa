using System.CommandLine;
using System.Globalization;
using CellLab.Service.Access;

namespace CellLab.Cli.Verbs;

/// <summary><c>token add|list|revoke</c>: what programs show in the place of a password, over REST and MQTT.</summary>
internal static class TokenVerbs
{
    private const int DefaultDays = 90;
    private const int LongestDays = 3650;

    public static Command Build(CliEnvironment environment) => new("token", "Secrets by which programs act for a user")
    {
        Add(environment), UserListing.BuildTokens(environment), Revoke(environment),
    };

    private static Command Add(CliEnvironment environment)
    {
        var user = new Argument<string>("NAME") { Description = "User for whom the program acts" };
        Option<string> role = AccessOptions.Role("The most that it may do: viewer, operator or admin; default: what the user may");
        var days = new Option<int>("--days") { Description = "Good for so many days", DefaultValueFactory = _ => DefaultDays };
        var note = new Option<string>("--note") { Description = "What it is for" };
        var output = new Option<string>("--out") { Description = "Write it to this file, readable for you alone, instead of showing it" };
        Option<string> config = AccessOptions.Config();
        var verb = new Command("add", "Makes a token; it is shown this once") { user, role, days, note, output, config };
        verb.SetAction(parsed => AccessOptions.Run(() =>
        {
            int good = parsed.GetValue(days);
            if (good is < 1 or > LongestDays)
            {
                throw CliException.Usage(string.Create(CultureInfo.InvariantCulture, $"--days is {good}; expected 1 to {LongestDays}"));
            }

            UserDesk desk = AccessOptions.Desk(environment, parsed.GetValue(config));
            (TokenEntry entry, string text) = desk.AddToken(
                parsed.GetRequiredValue(user), AccessOptions.Read(parsed.GetValue(role)), TimeSpan.FromDays(good), parsed.GetValue(note));
            Show(environment, parsed.GetValue(output), text);
            environment.Error.WriteLine($"token {entry.Id}, good until {entry.ExpiresUtc.UtcDateTime:yyyy-MM-dd}; on MQTT it is the password of the user {entry.Id}");
        }));
        return verb;
    }

    private static Command Revoke(CliEnvironment environment)
    {
        var id = new Argument<string>("ID") { Description = "Token, as in token list" };
        Option<string> config = AccessOptions.Config();
        var verb = new Command("revoke", "Makes a token worthless at once") { id, config };
        verb.SetAction(parsed => AccessOptions.Run(() =>
        {
            AccessOptions.Desk(environment, parsed.GetValue(config)).RevokeToken(parsed.GetRequiredValue(id));
            environment.Out.WriteLine($"revoked {parsed.GetValue(id)}");
        }));
        return verb;
    }

    private static void Show(CliEnvironment environment, string? file, string text)
    {
        if (file is null)
        {
            environment.Out.WriteLine(text);
        }
        else
        {
            UserDesk.WriteSecret(file, text + "\n");
        }
    }
}
