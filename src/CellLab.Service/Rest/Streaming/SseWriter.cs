using System.Globalization;
using System.Text.Json;

namespace CellLab.Service.Rest.Streaming;

/// <summary>Writes the text/event-stream format (WHATWG HTML, section 9.2). JSON without indentation has no line breaks, so one data line is
/// enough.</summary>
internal sealed class SseWriter(HttpResponse response)
{
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        await CommentAsync("CellLab events", cancellationToken);
    }

    public async Task CommentAsync(string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync($": {text}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    public async Task WriteAsync(string kind, long? id, object data, CancellationToken cancellationToken)
    {
        string idLine = id is { } number ? string.Create(CultureInfo.InvariantCulture, $"id: {number}\n") : "";
        string json = JsonSerializer.Serialize(data, RestJson.Options);
        await response.WriteAsync($"event: {kind}\n{idLine}data: {json}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
