namespace CellLab.Cli.Client;

/// <summary>The token that the command line shows to a service that asks who calls: <c>CELLLAB_TOKEN</c>, or the first line of the file that
/// <c>CELLLAB_TOKEN_FILE</c> names, else of <c>celllab/token</c> in the user's configuration folder. Null where there is none.</summary>
internal static class AccessToken
{
    public static string? Of(CliEnvironment environment)
    {
        if (environment.Variable("CELLLAB_TOKEN") is { Length: > 0 } given)
        {
            return given.Trim();
        }

        string? named = environment.Variable("CELLLAB_TOKEN_FILE");
        return named is { Length: > 0 } ? Read(named, "CELLLAB_TOKEN_FILE") : DefaultFile(environment) is { } file && File.Exists(file) ? Read(file, file) : null;
    }

    private static string? DefaultFile(CliEnvironment environment) =>
        environment.Variable("XDG_CONFIG_HOME") is { Length: > 0 } folder ? Path.Combine(folder, "celllab", "token")
        : environment.Variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".config", "celllab", "token")
        : null;

    private static string Read(string file, string whence)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failed($"{whence}: the token cannot be read ({error.Message})");
        }
    }
}
