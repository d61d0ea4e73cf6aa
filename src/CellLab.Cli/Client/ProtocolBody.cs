using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Text;

namespace CellLab.Cli.Client;

/// <summary>The body of <c>POST protocols/check</c> and <c>protocols/preview</c>, and how their answers are read and written.</summary>
internal static class ProtocolBody
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<JsonObject> OfAsync(string path, string[]? set, bool acceptLosses, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["name"] = path, ["text"] = await InputFile.ReadAsync(path, cancellationToken), ["accept_losses"] = acceptLosses };
        if (SetOption.Read(set) is { Count: > 0 } settings)
        {
            body["set"] = new JsonObject(settings.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
        }

        return body;
    }
}
