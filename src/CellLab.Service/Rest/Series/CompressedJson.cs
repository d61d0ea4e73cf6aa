using System.IO.Compression;
using System.Text.Json;

namespace CellLab.Service.Rest.Series;

/// <summary>A large answer of numbers, compressed where the client takes that: columns of measured values shrink to about a third. It holds no
/// secrets, so its length betrays none.</summary>
internal sealed class CompressedJson(object body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.Vary = "Accept-Encoding";
        if (!httpContext.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await JsonSerializer.SerializeAsync(response.Body, body, RestJson.Options, httpContext.RequestAborted);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        using var bytes = new MemoryStream();
        await using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            await JsonSerializer.SerializeAsync(gzip, body, RestJson.Options, httpContext.RequestAborted);
        }

        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), httpContext.RequestAborted);
    }
}
