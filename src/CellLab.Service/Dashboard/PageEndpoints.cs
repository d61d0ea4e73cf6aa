using Microsoft.Net.Http.Headers;

namespace CellLab.Service.Dashboard;

/// <summary>Serves the page at <c>/</c> and its files below <c>/page</c>. All addresses in it are relative, so it works below any path of a
/// reverse proxy; the views have addresses after <c>#</c>, which the server never sees.</summary>
internal static class PageEndpoints
{
    public const string Folder = "/page";

    public static void MapPage(this WebApplication app)
    {
        app.MapGet("/", context => SendAsync(context, "index.html")).ExcludeFromDescription();
        app.MapGet(Folder + "/{**path}", (HttpContext context, string path) => SendAsync(context, path)).ExcludeFromDescription();
    }

    /// <summary>Served before the node has started, too: the page itself says that it waits.</summary>
    public static bool IsPage(HttpContext context) => context.Request.Path == "/" || context.Request.Path.StartsWithSegments(Folder, StringComparison.Ordinal);

    private static async Task SendAsync(HttpContext context, string path)
    {
        HttpResponse response = context.Response;
        if (PageFiles.Find(path) is not { } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.Headers.ETag = file.Tag;
        response.Headers.CacheControl = "no-cache"; // asked every time, sent only when it has changed
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch == file.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await WriteAsync(response, file, context.Request.Headers.AcceptEncoding.ToString(), context.RequestAborted);
    }

    private static async Task WriteAsync(HttpResponse response, PageFile file, string accepted, CancellationToken cancellationToken)
    {
        bool compressed = file.Compressed is not null && accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase);
        byte[] bytes = compressed ? file.Compressed! : file.Bytes;
        if (compressed)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        response.ContentType = file.ContentType;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, cancellationToken);
    }
}
