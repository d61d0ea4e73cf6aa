using System.Security.Cryptography;

namespace CellLab.Service.Access;

/// <summary>The text of a token, <c>celllab_ID_SECRET</c>: the id finds its entry, and tells a reader of a log what leaked without helping him.</summary>
internal static class AccessToken
{
    private const string Prefix = "celllab_";
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int IdLength = 8;

    public static (string Id, string Text) Make()
    {
        string id = RandomNumberGenerator.GetString(Letters, IdLength);
        return (id, $"{Prefix}{id}_{Secrets.Make()}");
    }

    public static string? IdOf(string presented) =>
        presented.StartsWith(Prefix, StringComparison.Ordinal) && presented.Length > Prefix.Length + IdLength && presented[Prefix.Length + IdLength] == '_'
            ? presented.Substring(Prefix.Length, IdLength)
            : null;

    /// <summary>The lower one of the token's and the user's: a person who is no admin any more has no admin's tokens.</summary>
    public static AccessRole RoleOf(TokenEntry token, UserEntry user) => token.Role is { } own && own < user.Role ? own : user.Role;
}
