using System.CommandLine;
using CellLab.Cli.Text;
using CellLab.HardwareSim.Bench;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CellLab.Cli.Verbs;

/// <summary><c>sim</c>: the simulated bench, until it is interrupted.</summary>
internal sealed class SimVerb
{
    private readonly Option<string> bench = new("--bench") { Description = "Bench file; default: config/benches/demo.json" };
    private readonly Option<double> speed = new("--speed") { Description = "Lab seconds in one second", DefaultValueFactory = _ => 1 };
    private readonly Option<string> state = StateOption();
    private readonly Option<string> configOut = new("--config-out") { Description = "Write a service configuration that fits this bench to this file" };
    private readonly Option<int?> httpPort = new("--http-port") { Hidden = true };
    private readonly Option<int?> mqttPort = new("--mqtt-port") { Hidden = true };
    private readonly Option<bool> endWithStdin = ParentPipe.Option();

    public static Command Build(CliEnvironment environment) => new SimVerb().ToCommand(environment);

    internal static Option<string> StateOption() => new("--state") { Description = "The bench's state folder; default: artifacts/bench" };

    internal static string StateFolder(CliEnvironment environment, string? given) =>
        given ?? Path.Combine(Installation.Folder(environment), "artifacts", "bench");

    private Command ToCommand(CliEnvironment environment)
    {
        NumberRules.Require(speed, value => value is > 0 and <= 100_000, "a number above 0, at most 100000");
        var verb = new Command("sim", "A simulated bench: instruments on their own wire protocols round modelled cells")
        {
            bench, speed, state, configOut, httpPort, mqttPort, endWithStdin,
        };
        verb.Add(SimFaultVerbs.Build(environment));
        verb.SetAction((parsed, cancellationToken) => RunAsync(environment, parsed, cancellationToken));
        return verb;
    }

    private async Task<int> RunAsync(CliEnvironment environment, ParseResult parsed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = ParentPipe.Follow(parsed.GetValue(endWithStdin), cancellationToken);
        using ILoggerFactory loggers = Loggers();
        BenchRunOptions options = Options(environment, parsed);
        try
        {
            await BenchHost.RunAsync(options, environment.Wall, loggers, end.Token);
            return ExitCodes.Done;
        }
        catch (Exception failure) when (failure is BenchFileException or IOException or UnauthorizedAccessException)
        {
            throw CliException.Failed(failure.Message);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
    }

    private BenchRunOptions Options(CliEnvironment environment, ParseResult parsed)
    {
        string folder = StateFolder(environment, parsed.GetValue(state));
        string? configuration = parsed.GetValue(configOut);
        return new BenchRunOptions
        {
            BenchFile = parsed.GetValue(bench) ?? Path.Combine(Installation.Folder(environment), "config", "benches", "demo.json"),
            Speed = parsed.GetValue(speed),
            StateDirectory = folder,
            ConfigOut = configuration,
            HttpPort = parsed.GetValue(httpPort),
            MqttPort = parsed.GetValue(mqttPort),
            Ready = () => Tell(environment, folder, configuration),
        };
    }

    private static void Tell(CliEnvironment environment, string folder, string? configuration)
    {
        environment.Out.WriteLine($"The bench listens; its state is in {folder}");
        if (configuration is not null)
        {
            environment.Out.WriteLine($"Serve it with:  celllab serve --config {configuration} --clock {Path.Combine(folder, "clock.json")}");
        }
    }

    private static ILoggerFactory Loggers() => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
            console.TimestampFormat = "HH:mm:ss ";
            console.UseUtcTimestamp = true;
        }));
}
