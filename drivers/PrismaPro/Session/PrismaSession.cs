using System.Globalization;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.PrismaPro.Wire;
using CellLab.Transport;

namespace CellLab.Drivers.PrismaPro.Session;

/// <summary>Requests to one instrument, one at a time; every one is a GET and stands for itself, so a broken one leaves nothing behind. What
/// leaves here is a <see cref="DeviceFaultException"/> or a cancellation.</summary>
internal sealed class PrismaSession : IDisposable
{
    private readonly DeviceId _device;
    private readonly PrismaProOptions _options;
    private readonly TimeProvider _wall;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _gate = new(1);
    private CancellationTokenSource? _holder;

    public PrismaSession(DeviceId device, PrismaProOptions options, IConnector connector, Clocks clocks)
    {
        _device = device;
        _options = options;
        _wall = clocks.Wall;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) => new OwningStream(await connector.OpenAsync(options.Address, token)),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        })
        {
            BaseAddress = new UriBuilder("http", options.Address.Host, options.Address.Port).Uri,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 16 * 1024 * 1024,
        };
    }

    /// <summary>Several requests that nothing comes between.</summary>
    public async Task<T> RunAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        var interrupted = new CancellationTokenSource(); // has no timer: nothing to dispose of, and a late interrupt is harmless
        Volatile.Write(ref _holder, interrupted);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(interrupted.Token, cancellationToken);
        try
        {
            return await work(any.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fault(FaultKind.Unreachable, $"{what}: interrupted, because switching off goes first");
        }
        finally
        {
            Volatile.Write(ref _holder, null);
            _gate.Release();
        }
    }

    /// <summary>The same, but tells what is under way to end.</summary>
    public Task<T> RunUrgentlyAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        Volatile.Read(ref _holder)?.Cancel();
        return RunAsync(what, work, cancellationToken);
    }

    /// <param name="path">Below <c>/mmsp/</c>, with its query.</param>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ReplyTimeout, _wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri($"/mmsp/{path}", UriKind.Relative), either.Token);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(either.Token);
            return answer.IsSuccessStatusCode
                ? PrismaReply.Data(body)
                : throw Fault(
                    (int)answer.StatusCode >= 500 ? FaultKind.Unreachable : FaultKind.Protocol,
                    string.Create(CultureInfo.InvariantCulture, $"{path}: HTTP {(int)answer.StatusCode}"));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Fault(FaultKind.Unreachable, $"{path}: no answer within {_options.ReplyTimeout.TotalSeconds:0.#} s");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw Fault(FaultKind.Unreachable, $"{path}: {error.GetBaseException().Message}", error);
        }
        catch (PrismaRefusedException error)
        {
            throw Fault(FaultKind.Rejected, $"{path}: {error.Message}", error);
        }
        catch (PrismaFormatException error)
        {
            throw Fault(FaultKind.Protocol, $"{path}: {error.Message}", error);
        }
    }

    /// <summary>An answer that has the form of one but not the content that was asked for.</summary>
    public T Read<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (PrismaFormatException error)
        {
            throw Fault(FaultKind.Protocol, $"{what}: {error.Message}", error);
        }
    }

    public DeviceFaultException Fault(FaultKind kind, string message, Exception? inner = null) => new(kind, _device, message, inner);

    public void Dispose()
    {
        Volatile.Read(ref _holder)?.Cancel();
        _http.Dispose();
        _gate.Dispose();
    }
}
