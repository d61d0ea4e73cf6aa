using System.Text.RegularExpressions;

namespace CellLab.Service.Access;

/// <summary>Changes users and tokens in their file, as the command line does on the node's own machine. A running service heeds it with its next request.</summary>
/// <param name="who">Who does it, for the audit log.</param>
public sealed partial class UserDesk(AccessFile file, TimeProvider wall, string who)
{
    public const int ShortestPassword = 10;

    /// <summary>Names that the audit and the broker use for parts of the node itself.</summary>
    private static readonly string[] s_reserved = ["analysis", "service", "local", "unknown"];

    public AccessContents Read() => file.Read();

    /// <exception cref="AccessException">The name is taken or no name, or the password is too short.</exception>
    public void Add(string name, AccessRole role, IReadOnlyList<string>? pipelines, string? password)
    {
        if (!NameForm().IsMatch(name) || s_reserved.Contains(name))
        {
            throw new AccessException($"'{name}' cannot be a user's name. Use lower-case letters, digits and . _ @ -, at most 40, starting with a letter or digit; not {string.Join(", ", s_reserved)}.");
        }

        string? hash = HashOf(password);
        DateTimeOffset now = wall.GetUtcNow();
        file.Change(known => known.FindUser(name) is null
            ? known with { Users = [.. known.Users, new UserEntry(name, role, pipelines, hash, Disabled: false, now, now)] }
            : throw new AccessException($"There is a user '{name}' already. Change him with: celllab user set {name}, or celllab user password {name}."), Note("user add", name, role.ToString().ToLowerInvariant()));
    }

    /// <summary>Ends his sessions; his tokens work again when he is enabled again.</summary>
    public void Disable(string name, bool disabled) =>
        ChangeUser(name, user => user with { Disabled = disabled }, Note(disabled ? "user disable" : "user enable", name, "done"));

    public void SetPassword(string name, string password) => ChangeUser(name, user => user with { Password = HashOf(password) }, Note("user password", name, "done"));

    /// <param name="role">Null: stays.</param>
    /// <param name="pipelines">Null: stay; empty: all.</param>
    public void Set(string name, AccessRole? role, IReadOnlyList<string>? pipelines) => ChangeUser(
        name,
        user => user with { Role = role ?? user.Role, Pipelines = pipelines is null ? user.Pipelines : pipelines.Count == 0 ? null : pipelines },
        Note("user set", name, $"role {role?.ToString().ToLowerInvariant() ?? "as before"}, pipelines {(pipelines is null ? "as before" : pipelines.Count == 0 ? "all" : string.Join(" ", pipelines))}"));

    /// <summary>The token's text, which is not kept and cannot be shown again.</summary>
    public (TokenEntry Entry, string Text) AddToken(string user, AccessRole? role, TimeSpan lifetime, string? note)
    {
        (string id, string text) = AccessToken.Make();
        DateTimeOffset now = wall.GetUtcNow();
        var entry = new TokenEntry(id, user, role, SecretHash.Of(text, SecretHash.TokenIterations), now, now + lifetime, note);
        file.Change(known => known.FindUser(user) is null
            ? throw NoUser(user)
            : known with { Tokens = [.. known.Tokens.Where(token => token.ExpiresUtc > now), entry] }, Note("token add", user, $"token {id} until {entry.ExpiresUtc:yyyy-MM-dd}"));
        return (entry, text);
    }

    public void RevokeToken(string id) => file.Change(known => known.Tokens.Any(token => token.Id == id)
        ? known with { Tokens = [.. known.Tokens.Where(token => token.Id != id)] }
        : throw new AccessException($"There is no token '{id}'. celllab token list shows them."), Note("token revoke", id, "done"));

    /// <summary>To a file that only its owner can read.</summary>
    public static void WriteSecret(string path, string text)
    {
        try
        {
            PrivateFiles.Replace(Path.GetFullPath(path), System.Text.Encoding.UTF8.GetBytes(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AccessException($"{path}: cannot be written ({error.Message}).", error);
        }
    }

    private AccessNote Note(string command, string target, string result) => new(wall.GetUtcNow(), who, command, target, result);

    private void ChangeUser(string name, Func<UserEntry, UserEntry> change, AccessNote note) => file.Change(known => known.FindUser(name) is { } user
        ? known with { Users = [.. known.Users.Select(entry => entry == user ? change(user) with { ChangedUtc = wall.GetUtcNow() } : entry)] }
        : throw NoUser(name), note);

    private static string? HashOf(string? password) => password switch
    {
        null => null,
        { Length: < ShortestPassword } => throw new AccessException($"The password is too short. Use {ShortestPassword} characters or more; several words are best."),
        _ => SecretHash.Of(password, SecretHash.PasswordIterations),
    };

    private static AccessException NoUser(string name) => new($"There is no user '{name}'. celllab user list shows them.");

    [GeneratedRegex("^[a-z0-9][a-z0-9._@-]{0,39}$")]
    private static partial Regex NameForm();
}
