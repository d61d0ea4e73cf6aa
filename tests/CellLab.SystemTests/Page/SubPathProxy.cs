using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests.Page;

/// <summary>A reverse proxy that shows a service below <c>/some/lab/</c> of its own address; it hands on piece by piece what comes. Whatever goes wrong ends the
/// one connection: an answer that is left open would hold the browser, which has six to a server.</summary>
internal sealed class SubPathProxy : IAsyncDisposable
{
    private const string Path = "/some/lab/";
    private readonly HttpListener listener = new();
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<string, bool> broken = new();
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
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Breaks the line once at each address where this says so.</summary>
    public Func<string, bool> BreaksFirst { get; init; } = _ => false;

    /// <summary>Addresses at which the line was broken.</summary>
    public ICollection<string> Broken => broken.Keys;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Close();
        await accepting;
        http.Dispose();
        ending.Dispose();
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
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // closed, or one connection that broke while it was taken
            }
        }
    }

    private async Task HandOnAsync(HttpListenerContext context)
    {
        string path = context.Request.RawUrl![Path.Length..];
        Asked.Enqueue(path);
        string address = path.Split('?')[0];
        try
        {
            if (BreaksFirst(address) && broken.TryAdd(address, true))
            {
                context.Response.Abort();
                return;
            }

            using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), path);
            using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            CopyPolicy(answer.Headers, context.Response);
            await answer.Content.CopyToAsync(context.Response.OutputStream, ending.Token);
            context.Response.Close();
        }
#pragma warning disable CA1031 // whatever it is: the browser or the service has gone
        catch (Exception)
        {
            context.Response.Abort();
        }
#pragma warning restore CA1031
    }

    private static void CopyPolicy(HttpResponseHeaders from, HttpListenerResponse to)
    {
        if (from.TryGetValues("Content-Security-Policy", out IEnumerable<string>? policy))
        {
            to.AddHeader("Content-Security-Policy", policy.First());
        }
    }
}
