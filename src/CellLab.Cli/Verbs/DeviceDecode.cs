using System.CommandLine;
using CellLab.Cli.Text;
using CellLab.Service.Offline;

namespace CellLab.Cli.Verbs;

/// <summary><c>device decode KIND FILE</c>: what bytes recorded from an instrument say. Needs no service.</summary>
internal static class DeviceDecode
{
    public static Command Build(CliEnvironment environment)
    {
        var kind = new Argument<string>("KIND") { Description = string.Join(", ", WireDecoding.Kinds) };
        kind.AcceptOnlyFromAmong([.. WireDecoding.Kinds]);
        var file = new Argument<string>("FILE") { Description = "What the instrument sent: raw bytes, or a wire recording" };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("decode", "Makes readable what was recorded from an instrument; what is damaged is told on standard error") { kind, file, json };
        verb.SetAction(async (parsed, _) =>
        {
            DecodedFile decoded = Decode(parsed.GetRequiredValue(kind), parsed.GetRequiredValue(file));
            await environment.Out.WriteLineAsync(parsed.GetValue(json) ? decoded.Json : string.Join('\n', decoded.Lines));
            foreach (string fault in decoded.Faults)
            {
                await environment.Error.WriteLineAsync($"{parsed.GetRequiredValue(file)}: {fault}");
            }

            return ExitCodes.Done;
        });
        return verb;
    }

    private static DecodedFile Decode(string kind, string path)
    {
        try
        {
            return WireDecoding.Decode(kind, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(path, failure);
        }
        catch (FormatException failure)
        {
            throw CliException.Failed(failure.Message);
        }
    }
}
