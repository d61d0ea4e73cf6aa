using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Cli.Text;
using CellLab.Service.Offline.Health;

namespace CellLab.Cli.Verbs;

/// <summary><c>doctor</c>: whether this machine can run the service. A service that runs already is the best sign, and explains taken ports.</summary>
internal static class DoctorVerb
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Build(CliEnvironment environment)
    {
        var config = new Option<string>("--config") { Description = "Configuration; default: config/celllab.json" };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("doctor", "Looks at packages, ports, disk, certificate and, where a service runs, at its broker, devices, clock and disk forecast; says what to do, changes nothing") { config, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string file = parsed.GetValue(config) ?? Path.Combine(Installation.Folder(environment), "config", "celllab.json");
            IReadOnlyList<HealthCheck> checks = await ExamineAsync(environment, file, cancellationToken);
            Write(environment, parsed.GetValue(json), checks);
            return checks.All(check => check.Good) ? ExitCodes.Done : ExitCodes.Failed;
        });
        return verb;
    }

    private static async Task<IReadOnlyList<HealthCheck>> ExamineAsync(CliEnvironment environment, string file, CancellationToken cancellationToken)
    {
        using var service = new ServiceClient(environment);
        bool runs = await service.IsLiveAsync(cancellationToken); // one that is not ready has the more to tell
        HealthCheck running = new("service", true, $"{(runs ? "runs" : "none runs")} at {service.Address}");
        IReadOnlyList<HealthCheck> found = await Doctor.ExamineAsync(file);
        IEnumerable<HealthCheck> checks = found.Select(
            check => runs && !check.Good && check.Name.EndsWith("port", StringComparison.Ordinal) ? check with { Good = true, Remedy = null } : check);
        return [.. checks, running, .. runs ? await RunningServiceChecks.ExamineAsync(service, cancellationToken) : []];
    }

    private static void Write(CliEnvironment environment, bool json, IReadOnlyList<HealthCheck> checks)
    {
        if (json)
        {
            environment.Out.WriteLine(JsonSerializer.Serialize(new { checks }, Json));
            return;
        }

        TextTable.Write(environment.Out, ["what", "", "found"], [.. checks.Select(check => new[] { check.Name, check.Good ? "ok" : "WRONG", check.Found })]);
        foreach (HealthCheck wrong in checks.Where(check => !check.Good))
        {
            environment.Error.WriteLine($"{wrong.Name}: {wrong.Remedy ?? wrong.Found}");
        }
    }
}
