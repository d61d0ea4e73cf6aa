using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Text;
using CellLab.Service.Access;

namespace CellLab.Cli.Verbs;

/// <summary><c>user list</c> and <c>token list</c>: everything but hashes.</summary>
internal static class UserListing
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Build(CliEnvironment environment) => List(environment, "Lists users", known => JsonSerializer.SerializeToElement(
        new
        {
            Users = known.Users.Select(user => new
            {
                user.Name,
                Role = Word(user.Role),
                Pipelines = user.Pipelines is { } some ? string.Join(", ", some) : "all",
                Password = user.Password is not null,
                user.Disabled,
                user.CreatedUtc,
            }),
        },
        s_json), "users", "name", "role", "pipelines", "password", "disabled", "created_utc");

    public static Command BuildTokens(CliEnvironment environment) => List(environment, "Lists tokens, without their secrets", known => JsonSerializer.SerializeToElement(
        new
        {
            Tokens = known.Tokens.Select(token => new
            {
                token.Id,
                token.User,
                Role = token.Role is { } role ? Word(role) : "as the user",
                token.CreatedUtc,
                token.ExpiresUtc,
                token.Note,
            }),
        },
        s_json), "tokens", "id", "user", "role", "created_utc", "expires_utc", "note");

    private static Command List(CliEnvironment environment, string description, Func<AccessContents, JsonElement> show, string list, params string[] columns)
    {
        Option<string> config = AccessOptions.Config();
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("list", description) { config, json };
        verb.SetAction(parsed => AccessOptions.Run(() =>
        {
            JsonElement answer = show(AccessOptions.Desk(environment, parsed.GetValue(config)).Read());
            Listing.Write(environment, parsed.GetValue(json), answer, list, [.. columns.Select(name => Column.Of(name.Replace('_', ' '), name))]);
        }));
        return verb;
    }

    private static string Word(AccessRole role) => role.ToString().ToLowerInvariant();
}
