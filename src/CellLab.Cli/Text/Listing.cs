using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Client;

namespace CellLab.Cli.Text;

/// <summary>One column of a listing: what stands above it and how a row's entry is made.</summary>
internal sealed record Column(string Header, Func<JsonElement, string> Cell)
{
    public static Column Of(string header, string path) => new(header, row => row.TextOf(path) ?? "");

    public static Column Number(string header, string path, string format) => new(header, row => row.FixedOf(path, format));
}

/// <summary>Shows an answer of the service as a table, or byte for byte as JSON.</summary>
internal static class Listing
{
    public static Option<bool> JsonOption() => new("--json") { Description = "Machine-readable output (JSON)" };

    public static void Write(CliEnvironment environment, bool json, JsonElement answer, string member, params Column[] columns)
    {
        if (json)
        {
            WriteJson(environment, answer);
            return;
        }

        List<string[]> rows = [.. answer.Items(member).Select(row => columns.Select(column => column.Cell(row)).ToArray())];
        if (rows.Count == 0)
        {
            environment.Out.WriteLine($"no {member}");
            return;
        }

        TextTable.Write(environment.Out, [.. columns.Select(column => column.Header)], rows);
    }

    /// <summary>The answer to a command: one sentence for a person, or the answer itself.</summary>
    public static void WriteAnswer(CliEnvironment environment, bool json, JsonElement answer, string sentence) =>
        environment.Out.WriteLine(json && answer.ValueKind != JsonValueKind.Undefined ? answer.GetRawText() : sentence);

    public static void WriteJson(CliEnvironment environment, JsonElement answer) => environment.Out.WriteLine(answer.GetRawText());
}
