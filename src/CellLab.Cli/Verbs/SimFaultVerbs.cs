using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Text;
using CellLab.HardwareSim.Control;

namespace CellLab.Cli.Verbs;

/// <summary><c>sim fault list|set|clear</c>: breaks a running bench in a named way, and mends it.</summary>
internal sealed class SimFaultVerbs
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Option<string> state = SimVerb.StateOption();
    private readonly Option<string> device = new("--device") { Description = "Only this device" };
    private readonly Option<string> channel = new("--channel") { Description = "Only this channel: the device's name for it, or its number from 1" };

    public static Command Build(CliEnvironment environment) => new("fault", "Faults of a running bench, by name")
    {
        new SimFaultVerbs().List(environment), new SimFaultVerbs().Set(environment), new SimFaultVerbs().Clear(environment),
    };

    private Command List(CliEnvironment environment)
    {
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("list", "Lists the faults that the bench knows, the devices that have them, and where they are on") { state, json };
        verb.SetAction((parsed, cancellationToken) => AskAsync(environment, parsed, async bench =>
        {
            IReadOnlyList<FaultState> faults = await bench.ListAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                environment.Out.WriteLine(JsonSerializer.Serialize(faults, Json));
            }
            else
            {
                TextTable.Write(environment.Out, ["fault", "on", "devices that have it", "what it does", "parameters"], [.. faults.Select(Row)]);
            }
        }));
        return verb;
    }

    private Command Set(CliEnvironment environment)
    {
        Argument<string> name = NameArgument();
        var parameters = new Argument<string[]>("key=value") { Description = "Parameters of the fault", Arity = ArgumentArity.ZeroOrMore };
        var verb = new Command("set", "Switches a fault on") { name, parameters, device, channel, state };
        verb.SetAction((parsed, cancellationToken) => AskAsync(environment, parsed, async bench =>
        {
            Dictionary<string, string> pairs = Pairs(parsed.GetValue(parameters) ?? []);
            await bench.SetAsync(parsed.GetRequiredValue(name), parsed.GetValue(device), parsed.GetValue(channel), pairs, cancellationToken);
            environment.Out.WriteLine($"fault {parsed.GetValue(name)} is on");
        }));
        return verb;
    }

    private Command Clear(CliEnvironment environment)
    {
        Argument<string> name = NameArgument();
        var verb = new Command("clear", "Switches a fault off") { name, device, channel, state };
        verb.SetAction((parsed, cancellationToken) => AskAsync(environment, parsed, async bench =>
        {
            await bench.ClearAsync(parsed.GetRequiredValue(name), parsed.GetValue(device), parsed.GetValue(channel), cancellationToken);
            environment.Out.WriteLine($"fault {parsed.GetValue(name)} is off");
        }));
        return verb;
    }

    private async Task<int> AskAsync(CliEnvironment environment, ParseResult parsed, Func<BenchControlClient, Task> ask)
    {
        try
        {
            await ask(new BenchControlClient(SimVerb.StateFolder(environment, parsed.GetValue(state))));
            return ExitCodes.Done;
        }
        catch (BenchControlException refused)
        {
            throw new CliException(refused.IsAbsent ? ExitCodes.NotReachable : ExitCodes.Failed, refused.Message);
        }
    }

    private static Argument<string> NameArgument() => new("NAME") { Description = "Fault, as in sim fault list" };

    private static string[] Row(FaultState fault) =>
    [
        fault.Kind.Name, fault.Active.Count == 0 ? "" : string.Join(", ", fault.Active.Select(on => on.Channel ?? on.Device ?? "everywhere")),
        string.Join(", ", fault.Devices), fault.Kind.Text, string.Join("; ", fault.Kind.Parameters.Select(parameter => $"{parameter.Key}: {parameter.Value}")),
    ];

    private static Dictionary<string, string> Pairs(string[] words)
    {
        var pairs = new Dictionary<string, string>();
        foreach (string word in words)
        {
            string[] parts = word.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0 || !pairs.TryAdd(parts[0], parts[1]))
            {
                throw CliException.Usage($"'{word}' is not a parameter of its own; expected key=value");
            }
        }

        return pairs;
    }
}
