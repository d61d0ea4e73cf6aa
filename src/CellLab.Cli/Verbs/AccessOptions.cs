using System.CommandLine;
using CellLab.Cli.Text;
using CellLab.Service.Access;
using CellLab.Service.Options;

namespace CellLab.Cli.Verbs;

/// <summary>What the verbs about users and tokens share. They change the node's own file, on its own machine, whether the service runs or not.</summary>
internal static class AccessOptions
{
    public static Option<string> Config() => new("--config") { Description = "Configuration of the node; default: config/celllab.json" };

    public static Option<string> Role(string description) => new("--role") { Description = description };

    public static UserDesk Desk(CliEnvironment environment, string? config)
    {
        string file = config ?? Path.Combine(Installation.Folder(environment), "config", "celllab.json");
        return new UserDesk(AccessFile.In(ConfigurationFile.Load(file).DataFolder), environment.Wall, environment.Variable("CELLLAB_USER") ?? Environment.UserName);
    }

    public static AccessRole? Read(string? role) => role switch
    {
        null => null,
        "viewer" => AccessRole.Viewer,
        "operator" => AccessRole.Operator,
        "admin" => AccessRole.Admin,
        _ => throw CliException.Usage($"--role is '{role}'; expected viewer, operator or admin"),
    };

    /// <summary>Runs a change; what the desk refuses ends the verb with exit code 1.</summary>
    public static int Run(Action change)
    {
        try
        {
            change();
            return ExitCodes.Done;
        }
        catch (AccessException refused)
        {
            throw CliException.Failed(refused.Message);
        }
    }
}
