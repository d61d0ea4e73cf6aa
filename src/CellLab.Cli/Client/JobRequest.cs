using System.Text.Json.Nodes;

namespace CellLab.Cli.Client;

/// <summary>The body of <c>POST jobs</c> for a registered sample. The file's name as typed stands in the places of the service's findings.</summary>
internal static class JobRequest
{
    public static JsonObject Body(string file, string text, string pipeline, string sample) => new()
    {
        ["protocol_name"] = file,
        ["protocol"] = text,
        ["pipeline"] = pipeline,
        ["sample"] = sample,
    };
}
