namespace CellLab.Service.Rest;

/// <summary>Who gives a command: the name in the header <c>X-CellLab-User</c> (the command line sends the operating system's user; letters beyond
/// ASCII as percent codes), else <c>local</c>. It is what the audit shows; it proves nothing, since the service listens on loopback alone.</summary>
internal static class Caller
{
    public const string Header = "X-CellLab-User";

    public const string Unnamed = "local";

    public static string Of(HttpContext context)
    {
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
