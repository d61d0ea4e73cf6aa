using System.CommandLine;
using CellLab.Cli.Text;
using CellLab.Service.Access;

namespace CellLab.Cli.Verbs;

/// <summary><c>user add|list|set|password|disable|enable</c>.</summary>
internal static class UserVerbs
{
    public static Command Build(CliEnvironment environment) => new("user", "Who may look at this node and command its cells")
    {
        Add(environment), UserListing.Build(environment), Set(environment), SetPassword(environment),
        Switch(environment, "disable", "Shuts a user out, with his sessions and tokens", disabled: true),
        Switch(environment, "enable", "Lets a disabled user in again", disabled: false),
    };

    private static Argument<string> Name() => new("NAME") { Description = "User" };

    private static Option<string[]> Pipelines() => new("--pipeline") { Description = "A pipeline whose cells the user may command; repeat for several, 'all' for all" };

    private static Command Add(CliEnvironment environment)
    {
        Argument<string> name = Name();
        Option<string> role = AccessOptions.Role("viewer (default), operator or admin");
        Option<string[]> pipelines = Pipelines();
        var noPassword = new Option<bool>("--no-password") { Description = "Comes with tokens alone" };
        Option<string> config = AccessOptions.Config();
        var verb = new Command("add", "Adds a user; the password is asked for, or read from standard input") { name, role, pipelines, noPassword, config };
        verb.SetAction(parsed => AccessOptions.Run(() =>
        {
            AccessRole given = AccessOptions.Read(parsed.GetValue(role)) ?? AccessRole.Viewer;
            UserDesk desk = AccessOptions.Desk(environment, parsed.GetValue(config));
            string? password = parsed.GetValue(noPassword) ? null : Password.Ask(environment);
            desk.Add(parsed.GetRequiredValue(name), given, Rights(parsed.GetValue(pipelines)) is { Length: > 0 } some ? some : null, password);
            environment.Out.WriteLine($"added {parsed.GetValue(name)} ({given.ToString().ToLowerInvariant()})");
        }));
        return verb;
    }

    private static Command Set(CliEnvironment environment)
    {
        Argument<string> name = Name();
        Option<string> role = AccessOptions.Role("viewer, operator or admin");
        Option<string[]> pipelines = Pipelines();
        Option<string> config = AccessOptions.Config();
        var verb = new Command("set", "Changes role or pipelines of a user, who has to log in again") { name, role, pipelines, config };
        verb.SetAction(parsed => AccessOptions.Run(() =>
        {
            AccessOptions.Desk(environment, parsed.GetValue(config)).Set(
                parsed.GetRequiredValue(name), AccessOptions.Read(parsed.GetValue(role)), Rights(parsed.GetValue(pipelines)));
            environment.Out.WriteLine($"changed {parsed.GetValue(name)}");
        }));
        return verb;
    }

    private static Command SetPassword(CliEnvironment environment)
    {
        Argument<string> name = Name();
        Option<string> config = AccessOptions.Config();
        var verb = new Command("password", "Sets a new password and ends the user's sessions") { name, config };
        verb.SetAction(parsed => AccessOptions.Run(() =>
        {
            AccessOptions.Desk(environment, parsed.GetValue(config)).SetPassword(parsed.GetRequiredValue(name), Password.Ask(environment));
            environment.Out.WriteLine($"changed the password of {parsed.GetValue(name)}");
        }));
        return verb;
    }

    private static Command Switch(CliEnvironment environment, string verbName, string description, bool disabled)
    {
        Argument<string> name = Name();
        Option<string> config = AccessOptions.Config();
        var verb = new Command(verbName, description) { name, config };
        verb.SetAction(parsed => AccessOptions.Run(() =>
        {
            AccessOptions.Desk(environment, parsed.GetValue(config)).Disable(parsed.GetRequiredValue(name), disabled);
            environment.Out.WriteLine($"{verbName}d {parsed.GetValue(name)}");
        }));
        return verb;
    }

    /// <summary>Null: not said; empty: all.</summary>
    private static string[]? Rights(string[]? said) => said is null or [] ? null : said.Contains("all") ? [] : said;
}
