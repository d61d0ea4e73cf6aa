using System.CommandLine;
using System.Net;
using CellLab.Service.Offline;

namespace CellLab.Cli.Verbs;

/// <summary><c>xrd-helper -- COMMAND ...</c>: on the diffractometer's computer, starts one exposure for each trigger.</summary>
internal static class XrdHelperVerb
{
    public static Command Build(CliEnvironment environment)
    {
        var listen = new Option<string>("--listen") { Description = "Address and port", DefaultValueFactory = _ => "127.0.0.1:7021" };
        var instrument = new Option<string>("--instrument") { Description = "Its name, told to the service", DefaultValueFactory = _ => "diffractometer" };
        var exposure = new Option<double>("--exposure-s") { Description = "What one exposure takes, told to the service", Required = true };
        var command = new Argument<string[]>("COMMAND")
        {
            Description = "After --: program and arguments; {id}, {run}, {program} are replaced. It ends with the exposure; the last line it prints is the pattern's file",
            Arity = ArgumentArity.OneOrMore,
        };
        NumberRules.Require(exposure, value => value is > 0 and <= 1e6, "seconds above 0, at most 1000000");
        var verb = new Command("xrd-helper", "On the diffractometer's computer: starts an exposure for each trigger of a service and tells busy and ready") { listen, instrument, exposure, command };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            if (!IPEndPoint.TryParse(parsed.GetRequiredValue(listen), out IPEndPoint? at))
            {
                throw CliException.Failed($"--listen: expected an address and a port such as 0.0.0.0:7021, found '{parsed.GetRequiredValue(listen)}'");
            }

            try
            {
                await XrdHelper.RunAsync(
                    at,
                    parsed.GetRequiredValue(instrument),
                    TimeSpan.FromSeconds(parsed.GetRequiredValue(exposure)),
                    parsed.GetRequiredValue(command),
                    address => environment.Out.WriteLine($"Listening on {address.Host}:{address.Port}"),
                    environment.Wall,
                    cancellationToken);
            }
            catch (IOException failure)
            {
                throw CliException.Failed(failure.Message);
            }

            return ExitCodes.Done;
        });
        return verb;
    }
}
