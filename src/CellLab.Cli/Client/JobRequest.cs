using System.Text.Json.Nodes;

namespace CellLab.Cli.Client;

/// <summary>The body of <c>POST jobs</c>.</summary>
internal static class JobRequest
{
    public static JsonObject Body(string file, string text, string pipeline, string sample) => new()
    {
        ["protocol_name"] = Path.GetFileName(file),
        ["protocol_text"] = text,
        ["pipeline"] = pipeline,
        ["sample"] = sample,
    };
}
