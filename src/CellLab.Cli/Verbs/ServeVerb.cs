using System.CommandLine;
using CellLab.Cli.Text;
using CellLab.Service.Hosting;

namespace CellLab.Cli.Verbs;

/// <summary><c>serve</c>.</summary>
internal static class ServeVerb
{
    public static Command Build(CliEnvironment environment)
    {
        var config = new Option<string>("--config") { Description = "Configuration; default: config/celllab.json" };
        var clock = new Option<string>("--clock") { Description = "Follow the lab time that a simulated bench publishes in this file" };
        var role = new Option<string>("--role")
        {
            Description = "What this process does: acquisition, analysis, dashboard, or several with commas",
            DefaultValueFactory = _ => "acquisition,analysis,dashboard",
        };
        Option<bool> endWithStdin = ParentPipe.Option();
        var verb = new Command("serve", "Drives the instruments, keeps the data, answers REST and MQTT; runs until it is interrupted")
        {
            config, clock, role, endWithStdin,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ServeOptions
            {
                ConfigFile = parsed.GetValue(config) ?? Path.Combine(Installation.Folder(environment), "config", "celllab.json"),
                ClockFile = parsed.GetValue(clock),
                Roles = ServiceRolesText.Parse(parsed.GetRequiredValue(role)),
                ParentPipe = parsed.GetValue(endWithStdin),
                Interrupts = environment.Interrupts,
            };
            return await ServiceHost.RunAsync(options, cancellationToken);
        });
        return verb;
    }
}
