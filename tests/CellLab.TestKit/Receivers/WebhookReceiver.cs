using System.Globalization;

namespace CellLab.TestKit.Receivers;

/// <summary>Takes every POST with a body of a stated length (HTTP/1.1); what was taken is the header, an empty line and the body.</summary>
public sealed class WebhookReceiver : Receiver
{
    private const string LengthHeader = "Content-Length:";

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/hook"));

    protected override async Task TalkAsync(StreamReader reader, StreamWriter writer, CancellationToken cancellationToken)
    {
        var header = new List<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            header.Add(line);
        }

        string? length = header.Find(line => line.StartsWith(LengthHeader, StringComparison.OrdinalIgnoreCase));
        if (length is null)
        {
            return;
        }

        char[] body = new char[int.Parse(length[LengthHeader.Length..], CultureInfo.InvariantCulture)]; // the bodies of tests are ASCII
        await reader.ReadBlockAsync(body, cancellationToken);
        Taken.Enqueue($"{string.Join('\n', header)}\n\n{new string(body)}");
        await writer.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    }
}
