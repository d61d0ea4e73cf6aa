using System.Text.Json;

namespace CellLab.AutolabBridge.Wire;

/// <summary>One line from the client: <c>{"id":1,"op":"hello",...}</c>.</summary>
internal sealed class Request
{
    private readonly JsonElement _body;

    private Request(int id, string op, JsonElement body) => (Id, Op, _body) = (id, op, body);

    public int Id { get; }

    public string Op { get; }

    public Fields Fields => new(_body, Op);

    /// <exception cref="BadRequestException">No JSON object, or without id and op.</exception>
    public static Request Read(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement body = document.RootElement.Clone();
            return body.ValueKind == JsonValueKind.Object
                && body.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out int number)
                && body.TryGetProperty("op", out JsonElement op) && op.ValueKind == JsonValueKind.String
                ? new Request(number, op.GetString()!, body)
                : throw new BadRequestException("expected an object with id (a whole number) and op (a text)");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadRequestException($"not one line of JSON: {e.Message}");
        }
    }
}
