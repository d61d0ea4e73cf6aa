using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CellLab.Service.Hosting;

namespace CellLab.Service.Notifying;

/// <summary>POSTs JSON (<c>celllab/notification/1</c>). The header <c>Idempotency-Key</c> is the same for every attempt; with a secret, <c>X-CellLab-Signature</c> is
/// <c>sha256=</c> and the HMAC of the body in hexadecimal.</summary>
internal sealed class WebhookSender(WebhookEntry entry, NodeInfo node, HttpClient http) : IMessageSender
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public async Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Schema = "celllab/notification/1",
                message.Key,
                Kind = message.Kind.ToString().ToLowerInvariant(),
                node.Site,
                node.Node,
                message.Subject,
                message.Text,
                message.Alarm,
                Severity = message.Severity?.ToString().ToLowerInvariant(),
                message.Job,
                message.Device,
                message.CreatedUtc,
            },
            s_json);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, entry.Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", message.Key);
            if (entry.SecretFile is { } file)
            {
                request.Headers.TryAddWithoutValidation("X-CellLab-Signature", Signature(body, file));
            }

            using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            throw new NotifyException(string.Create(CultureInfo.InvariantCulture, $"{entry}: {error.Message}"), error);
        }
    }

    private static string Signature(byte[] body, string secretFile)
    {
        string secret = File.ReadLines(secretFile).FirstOrDefault() ?? "";
        return $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";
    }
}
