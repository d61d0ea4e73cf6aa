using CellLab.Service.Access;

namespace CellLab.Service.Rest;

/// <summary>Who gives a command, as the audit shows it: the name that he logged in with or that his token belongs to. Where no login is asked for: the name in the header
/// <c>X-CellLab-User</c> (the command line sends the operating system's user; letters beyond ASCII as percent codes), else <c>local</c>, which proves nothing.</summary>
internal static class Caller
{
    public const string Header = "X-CellLab-User";

    public const string Unnamed = "local";

    public static string Of(HttpContext context)
    {
        if (context.Features.Get<AccessIdentity>()?.User is { } known)
        {
            return known;
        }

        string name = Uri.UnescapeDataString(context.Request.Headers[Header].ToString()).Trim();
        if (name.Length == 0)
        {
            return Unnamed;
        }

        return name.Length <= RestLimits.MaxNameLength && !name.Any(char.IsControl)
            ? name
            : throw new RestProblemException(
                StatusCodes.Status400BadRequest, $"Header {Header} is not a name.", null, $"Send at most {RestLimits.MaxNameLength} printable characters.");
    }
}
