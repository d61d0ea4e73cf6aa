using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Running;
using CellLab.Drivers.Autolab.Wire;
using CellLab.Transport;
using CellLab.Transport.Text;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Autolab.Session;

/// <summary>One open connection: answers go to whoever asked, by their id, so that a late one is never taken for another; events go to the run.
/// Says <c>status</c> every two seconds, since the bridge drops a client that falls silent, and ends when the bridge does.</summary>
internal sealed class AutolabLink : IAsyncDisposable
{
    private const int KeepAliveId = 0;
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(2);

    private readonly DeviceId _device;
    private readonly AutolabOptions _options;
    private readonly IConnection _connection;
    private readonly TimeProvider _wall;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<AnswerLine>> _asked = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _working;
    private int _lastId;
    private long _lastSequence;
    private long _heard;
    private ChannelRun? _run;

    public AutolabLink(DeviceId device, AutolabOptions options, IConnection connection, Clocks clocks, ILogger logger)
    {
        _device = device;
        _options = options;
        _connection = connection;
        _wall = clocks.Wall;
        _logger = logger;
        _heard = _wall.GetTimestamp();
        _working = Task.WhenAll(ReadAsync(_closing.Token), KeepAliveAsync(_closing.Token));
    }

    /// <summary>Why nothing more will come; null while the connection is good.</summary>
    public Exception? Broken { get; private set; }

    public ChannelRun? Run => Volatile.Read(ref _run) is { Ending: RunEnding.Running } running ? running : null;

    /// <summary>Events of this run go to it from now on.</summary>
    public void Hear(ChannelRun run) => Volatile.Write(ref _run, run);

    /// <summary>It was not started, or nobody knows.</summary>
    public void Forget(ChannelRun run) => Interlocked.CompareExchange(ref _run, null, run);

    /// <exception cref="BridgeRefusedException">It said no.</exception>
    /// <exception cref="TransportException">The connection is gone.</exception>
    /// <exception cref="BridgeFormatException">A damaged line came.</exception>
    public async Task<AnswerLine> AskAsync(string op, JsonObject members, CancellationToken cancellationToken)
    {
        int id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<AnswerLine>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        try
        {
            if (Broken is { } broken)
            {
                throw Ended(broken);
            }

            await WriteAsync(id, op, members, cancellationToken);
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _connection.DisposeAsync();
        await _working;
        _closing.Dispose();
        _writing.Dispose();
    }

    /// <summary>Not cancelled half-way: half a line would join with the next one.</summary>
    private async Task WriteAsync(int id, string op, JsonObject members, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["id"] = id, ["op"] = op };
        foreach ((string name, JsonNode? value) in members)
        {
            request[name] = value?.DeepClone();
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _connection.Stream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(request), (byte)'\n'], _closing.Token);
        }
        catch (OperationCanceledException closed) when (!cancellationToken.IsCancellationRequested)
        {
            throw Ended(closed);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        Exception end;
        try
        {
            var lines = new LineReader(_connection, "\n"u8.ToArray(), AutolabCodec.LongestLine);
            while (await lines.ReadAsync(cancellationToken) is { } line)
            {
                Volatile.Write(ref _heard, _wall.GetTimestamp());
                Dispatch(AutolabCodec.Read(line.Span));
            }

            end = new TransportException(TransportFault.Lost, _connection.Address, "the bridge closed the connection");
        }
        catch (OperationCanceledException closed)
        {
            end = closed;
        }
#pragma warning disable CA1031 // whatever ends the reading ends the connection: a run that nobody hears any more must not be taken for running
        catch (Exception error)
#pragma warning restore CA1031
        {
            end = error;
            Log.ConnectionEnded(_logger, _device, error.Message);
        }

        await BreakAsync(end);
    }

    private async Task BreakAsync(Exception end)
    {
        Broken ??= end;
        await _connection.DisposeAsync();
        foreach (TaskCompletionSource<AnswerLine> waiting in _asked.Values)
        {
            waiting.TrySetException(Ended(Broken));
        }

        Volatile.Read(ref _run)?.Lose($"the connection to the bridge ended: {Broken.Message}");
    }

    private void Dispatch(BridgeLine line)
    {
        switch (line)
        {
            case AnswerLine answer when _asked.TryGetValue(answer.Id, out TaskCompletionSource<AnswerLine>? waiting):
                waiting.TrySetResult(answer);
                break;
            case RefusalLine { Id: null } refusal:
                throw new BridgeFormatException($"{refusal.Message} ({refusal.Code})");
            case RefusalLine refusal when _asked.TryGetValue(refusal.Id.Value, out TaskCompletionSource<AnswerLine>? waiting):
                waiting.TrySetException(new BridgeRefusedException(refusal));
                break;
            case EventLine @event:
                Hear(@event);
                break;
        }
    }

    private void Hear(EventLine @event)
    {
        if (@event.Sequence != _lastSequence + 1)
        {
            throw new BridgeFormatException(string.Create(CultureInfo.InvariantCulture, $"event {@event.Sequence} came after {_lastSequence}: data are lost"));
        }

        _lastSequence = @event.Sequence;
        if (@event is AlarmLine alarm)
        {
            Log.Alarm(_logger, _device, alarm.Code, alarm.Text);
            Run?.Alarm(alarm);
        }
        else if (@event is RunEventLine news && Volatile.Read(ref _run) is { } run && run.TestId == news.Run)
        {
            run.Accept(news);
        }
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(s_keepAlive, _wall);
            while (Broken is null && await timer.WaitForNextTickAsync(cancellationToken))
            {
                TimeSpan silence = _wall.GetElapsedTime(Volatile.Read(ref _heard));
                if (silence > _options.AliveTimeout)
                {
                    await BreakAsync(new TransportException(TransportFault.Lost, _connection.Address, $"nothing was heard of the bridge for {silence.TotalSeconds:0} s"));
                    return;
                }

                await WriteAsync(KeepAliveId, "status", [], cancellationToken);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // the reader tells why
        }
    }

    private Exception Ended(Exception why) => why switch
    {
        BridgeFormatException damaged => damaged,
        _ => new TransportException(TransportFault.Lost, _connection.Address, why is OperationCanceledException ? "the connection was closed" : why.Message, why),
    };
}
