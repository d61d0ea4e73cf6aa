using System.Net;
using System.Net.Http.Headers;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests.Page;

/// <summary>A reverse proxy that shows a service below <c>/some/lab/</c> of its own address; it hands on piece by piece what comes.</summary>
internal sealed class SubPathProxy : IAsyncDisposable
{
    private const string Path = "/some/lab/";
    private readonly HttpListener listener = new();
    private readonly HttpClient http;
    private readonly Task accepting;

    public SubPathProxy(int target)
    {
        Address = $"http://127.0.0.1:{Ports.Free()}{Path}";
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{target}/"), Timeout = Timeout.InfiniteTimeSpan };
        listener.Prefixes.Add(Address);
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Paths asked of it, without its own.</summary>
    public List<string> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await accepting;
        http.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await listener.GetContextAsync();
                _ = HandOnAsync(context);
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return; // closed
            }
        }
    }

    private async Task HandOnAsync(HttpListenerContext context)
    {
        try
        {
            string path = context.Request.RawUrl![Path.Length..];
            lock (Asked)
            {
                Asked.Add(path);
            }

            using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), path);
            using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            CopyPolicy(answer.Headers, context.Response);
            await answer.Content.CopyToAsync(context.Response.OutputStream);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpRequestException or HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            context.Response.Abort(); // the browser or the service has gone
        }
    }

    private static void CopyPolicy(HttpResponseHeaders from, HttpListenerResponse to)
    {
        if (from.TryGetValues("Content-Security-Policy", out IEnumerable<string>? policy))
        {
            to.AddHeader("Content-Security-Policy", policy.First());
        }
    }
}
