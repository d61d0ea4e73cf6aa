using CellLab.Messaging.Clients;
using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Broker;

/// <summary>Runs mosquitto as a child as long as the service lives, and starts it again when it dies. What it held in memory is lost then:
/// clients subscribe again and publish their retained state again at every connect. Does nothing for an external broker.</summary>
public sealed class BrokerSupervisor : IBroker
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PortPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly BrokerOptions _options;
    private readonly BrokerFiles _files;
    private readonly TimeProvider _wall;
    private readonly ILogger _logger;
    private readonly BackOff _backOff = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    private readonly CancellationTokenSource _stopping = new();
    private volatile IReadOnlyList<BrokerReader> _readers = [];
    private BrokerProcess? _process;
    private Task _watch = Task.CompletedTask;
    private bool _disposed;

    public BrokerSupervisor(BrokerOptions options, string stateFolder, TimeProvider wall, ILogger<BrokerSupervisor> logger)
    {
        _options = options;
        _files = BrokerFiles.In(stateFolder);
        _wall = wall;
        _logger = logger;
        Address = options.AddressFor(stateFolder);
    }

    public BrokerAddress Address { get; }

    public int StartCount { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>Process id of the shell that holds the broker; null while there is none.</summary>
    internal int? ShellId => _process?.ShellId;

    /// <exception cref="BrokerException">No executable, port in use, no loopback address, or it ends at once.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_options.Managed)
        {
            return;
        }

        BrokerReadiness.RequireLoopback(_options);
        long began = _wall.GetTimestamp();
        while (true)
        {
            try
            {
                await StartOnceAsync(cancellationToken);
                break;
            }
            catch (PortInUseException) when (_wall.GetElapsedTime(began) < PortPatience)
            {
                await Task.Delay(_backOff.Next(), _wall, cancellationToken);
            }
        }

        _watch = WatchAsync(_stopping.Token);
    }

    public void SetReaders(IReadOnlyList<BrokerReader> readers)
    {
        _readers = readers;
        if (_process is not { } process)
        {
            return; // written at the next start
        }

        try
        {
            _files.WriteReaders(readers);
            process.Reload();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Log.ReadersNotTold(_logger, error.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stopping.CancelAsync();
        await _watch;
        await EndProcessAsync();
        _stopping.Dispose();
    }

    private async Task StartOnceAsync(CancellationToken cancellationToken)
    {
        string executable = BrokerExecutable.Find(_options.Executable);
        PrepareFiles();
        _process = BrokerProcess.Start(executable, _files.Configuration, _wall, line => Log.BrokerSaid(_logger, line));
        try
        {
            await WaitUntilReadyAsync(_process, cancellationToken);
        }
        catch
        {
            await EndProcessAsync();
            throw;
        }

        StartCount++;
        Problem = null;
        _backOff.Reset();
        Log.BrokerReady(_logger, _options.Host, _options.Port);
    }

    private void PrepareFiles()
    {
        try
        {
            _files.Prepare();
            _files.Write(_options, _readers, OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess);
            File.Delete(_files.Socket); // a broker that is about to end must not be taken for the new one
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BrokerException($"the broker's files in {_files.Folder} could not be written: {error.Message}", error);
        }
    }

    private async Task WaitUntilReadyAsync(BrokerProcess process, CancellationToken cancellationToken)
    {
        long began = _wall.GetTimestamp();
        while (!BrokerProbe.Answers(_files.Socket))
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(cancellationToken); // until its last words have been read
                throw Failure(process.Output);
            }

            if (_wall.GetElapsedTime(began) > ReadyLimit)
            {
                throw new BrokerException($"the broker did not take connections within {ReadyLimit.TotalSeconds} s: {process.Output}");
            }

            await Task.Delay(PollInterval, _wall, cancellationToken);
        }
    }

    private BrokerException Failure(string output) => output.Contains("Address already in use", StringComparison.OrdinalIgnoreCase)
        ? BrokerReadiness.PortInUse(_options)
        : new BrokerException($"the broker ended at once: {(output.Length > 0 ? output : "it said nothing")}");

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await WatchOneRunAsync(cancellationToken);
                await RestartAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Returns when the broker has ended or cannot be reached any more (its predecessor's end may have removed the socket's file).</summary>
    private async Task WatchOneRunAsync(CancellationToken cancellationToken)
    {
        if (_process is not { } process)
        {
            return;
        }

        Task ended = process.WaitForExitAsync(cancellationToken);
        using var check = new PeriodicTimer(CheckInterval, _wall);
        while (!ended.IsCompleted && File.Exists(_files.Socket))
        {
            Task<bool> tick = check.WaitForNextTickAsync(cancellationToken).AsTask();
            await await Task.WhenAny(ended, tick);
            if (ended.IsCompleted)
            {
                break;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        Problem = ended.IsCompleted ? $"the broker ended: {process.Output}" : $"the broker's socket {_files.Socket} is gone";
        Log.BrokerLost(_logger, Problem);
        await EndProcessAsync();
    }

    private async Task RestartAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_backOff.Next(), _wall, cancellationToken);
        try
        {
            await StartOnceAsync(cancellationToken);
        }
        catch (BrokerException error)
        {
            if (Problem != error.Message)
            {
                Log.BrokerLost(_logger, error.Message);
            }

            Problem = error.Message;
        }
    }

    private async Task EndProcessAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }
}
