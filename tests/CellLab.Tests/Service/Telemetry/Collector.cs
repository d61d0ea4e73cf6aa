using System.Collections.Concurrent;
using CellLab.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CellLab.Tests.Service.Telemetry;

internal enum CollectorMood
{
    Takes,
    Refuses,
    Hangs,
}

/// <summary>An OTLP receiver on a free port of loopback: HTTP/1.1 for http/protobuf, HTTP/2 without TLS for gRPC.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly WebApplication app;

    private Collector(bool grpc)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoSignalLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(
            kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        app = builder.Build();
        app.Run(TakeAsync);
    }

    public Uri Url => new(WebListener.Address(app.Services));

    public CollectorMood Mood { get; set; }

    public int Asked => asked;

    public ConcurrentQueue<OtlpMessage> Taken { get; } = new();

    private int asked;

    public static async Task<Collector> StartAsync(bool grpc = false)
    {
        var collector = new Collector(grpc);
        await collector.app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await app.DisposeAsync();
        ending.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Interlocked.Increment(ref asked);
        if (Mood == CollectorMood.Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.Response.StatusCode = Mood == CollectorMood.Takes ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        bool grpc = context.Request.ContentType == "application/grpc";
        if (Mood == CollectorMood.Takes)
        {
            // gRPC puts one byte and the length in four before its message
            Taken.Enqueue(new OtlpMessage(context.Request.Path, context.Request.Headers.Authorization, body.ToArray()[(grpc ? 5 : 0)..]));
        }

        if (grpc)
        {
            context.Response.ContentType = "application/grpc";
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
