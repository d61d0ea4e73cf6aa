using System.CommandLine;
using CellLab.Cli.Demo;

namespace CellLab.Cli.Verbs;

/// <summary><c>demo</c>.</summary>
internal static class DemoVerb
{
    private const double DefaultSpeed = 4000;
    private const int DefaultPort = 8070;

    public static Command Build(CliEnvironment environment)
    {
        var speed = new Option<double>("--speed") { Description = "Lab seconds in one second", DefaultValueFactory = _ => DefaultSpeed };
        var json = new Option<string>("--json") { Description = "Also writes the results to this file (JSON)" };
        var keep = new Option<bool>("--keep") { Description = "Leaves bench, service and analysis running" };
        var port = new Option<int>("--port") { Description = "HTTP port; MQTT takes the next one", DefaultValueFactory = _ => DefaultPort };
        var life = new Option<bool>("--life") { Description = "Life tests instead: 200 cycles at 1C, 400 at 5C, impedance after" };
        var bench = new Option<string>("--bench") { Hidden = true };
        var protocol = new Option<string>("--protocol") { Hidden = true };
        NumberRules.Require(speed, value => value is >= 1 and <= 100_000, "a number from 1 to 100000");
        NumberRules.Require(port, value => value is >= 1 and <= 65534, "a port from 1 to 65534");
        var verb = new Command("demo", "Simulated bench, service and analysis: four cells with gas, impedance, XRD and the rate map; results beside what is expected")
        {
            speed, json, keep, port, life, bench, protocol,
        };
        verb.SetAction((parsed, cancellationToken) => new DemoRun(
            new DemoOptions
            {
                Speed = parsed.GetValue(speed),
                Port = parsed.GetValue(port),
                Keep = parsed.GetValue(keep),
                Life = parsed.GetValue(life),
                JsonFile = parsed.GetValue(json),
                Bench = parsed.GetValue(bench),
                Protocol = parsed.GetValue(protocol),
            },
            environment).RunAsync(cancellationToken));
        return verb;
    }
}
