using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog.Runs;
using CellLab.Drivers.MethodScript.Scripts;
using CellLab.Drivers.MethodScript.Wire;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.MethodScript.Session;

/// <summary>The conversation with the instrument: commands and their replies, loading and running scripts, synchronising. Its caller sees to turns.</summary>
internal sealed class MethodScriptSession(DeviceId device, MethodScriptOptions options, IConnector connector, Clocks clocks, ILogger logger) : ICellSwitch, IAsyncDisposable
{
    private static readonly TimeSpan s_betweenAborts = TimeSpan.FromSeconds(1);
    private MethodScriptLink? _link;

    /// <summary>The script that runs on this connection; null when none does.</summary>
    public ScriptListener? Script => _link is { Broken: null } link ? link.Script : null;

    public bool IsOpen => _link is { Broken: null };

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        try
        {
            _link = new MethodScriptLink(device, await connector.OpenAsync(options.Address, cancellationToken), logger);
        }
        catch (TransportException error)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, device, error.Message, error);
        }
    }

    Task ICellSwitch.ConnectAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    public async Task CloseAsync()
    {
        if (_link is { } link)
        {
            _link = null;
            await link.DisposeAsync();
        }
    }

    /// <summary>Ends whatever the instrument is doing and what it still has to say: afterwards it is idle. A script that was aborted has run what
    /// stands behind its end.</summary>
    /// <returns>True when a script was aborted.</returns>
    public Task<bool> SynchroniseAsync(CancellationToken cancellationToken) => GuardAsync("synchronise", 2 * options.ReplyTimeout, async (link, token) =>
    {
        ScriptListener? script = link.Script;
        script?.Aborting();
        await link.WriteAsync("\n\n", token); // ends half a line, and a script that was being loaded
        await Task.Delay(options.DeafTime, clocks.Wall, token);
        for (int attempt = 1; ; attempt++)
        {
            link.ForgetReplies();
            await link.WriteAsync("Z\n", token);
            if (await AbortAnsweredAsync(link, token) is { } aborted)
            {
                await (aborted ? EndAsync(link, script, token) : Task.CompletedTask);
                await (aborted && attempt == 1 ? Task.CompletedTask : Task.Delay(options.DeafTime, clocks.Wall, token));
                link.ForgetReplies();
                return aborted;
            }
        }
    }, cancellationToken);

    /// <summary>The instrument's own words on who it is, answered while a script runs too.</summary>
    public Task<(InstrumentIdentity Identity, string? Release)> IdentifyAsync(CancellationToken cancellationToken) =>
        GuardAsync("identity", options.ReplyTimeout, async (link, token) =>
        {
            string content = await AskAsync(link, 't', "", token);
            InstrumentIdentity identity = InstrumentIdentity.TryRead(content) ?? throw new MethodScriptFormatException($"'{content}' is not an identity");
            OutputLine second = await link.ReadReplyAsync(token);
            return (identity, second is ReplyLine reply ? InstrumentIdentity.ReleaseOf(reply) : null);
        }, cancellationToken);

    /// <summary>Only while nothing runs: <c>i</c> serial number, <c>v</c> version of the language.</summary>
    public Task<string> AskAsync(char letter, CancellationToken cancellationToken) =>
        GuardAsync($"command {letter}", options.ReplyTimeout, (link, token) => AskAsync(link, letter, "", token), cancellationToken);

    /// <summary>Loads and starts; returns when the instrument confirms that it runs. A refusal to load proves that nothing happened to the cell.</summary>
    /// <exception cref="DeviceFaultException">Rejected: refused, with line and column. Unreachable: it is not known whether it runs.</exception>
    public async Task StartAsync(IReadOnlyList<string> lines, ScriptListener listener, CancellationToken cancellationToken)
    {
        await GuardAsync("load", options.ReplyTimeout, (link, token) => AskAsync(link, 'l', string.Join('\n', lines) + "\n\n", token), cancellationToken);
        await GuardAsync("run", options.ReplyTimeout, async (link, token) =>
        {
            link.ForgetReplies();
            link.Hear(listener);
            await link.WriteAsync("r\n", token);
            await AcknowledgedAsync(link, listener, token);
            return true;
        }, cancellationToken);
    }

    /// <summary>Runs a short script to its end.</summary>
    public async Task<IReadOnlyList<PackageLine>> RunAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var script = new ShortScript(clocks);
        await StartAsync(lines, script, cancellationToken);
        await GuardAsync("end of a short script", options.ReplyTimeout, async (_, token) =>
        {
            await script.Ended.WaitAsync(token);
            return true;
        }, cancellationToken);
        return script.Ending == ScriptEnding.Normal
            ? script.Packages
            : throw new DeviceFaultException(FaultKind.Protocol, device, $"a short script ended with {script.Reason ?? script.Ending.ToString()}");
    }

    /// <summary>Switches the cell off; returns when the script that does it has run to its end.</summary>
    /// <summary>Runs a script that switches the cell off; the instrument has to be idle (<see cref="SynchroniseAsync"/>).</summary>
    public Task CellOffAsync(CancellationToken cancellationToken) => RunAsync(SmallScripts.CellOff, cancellationToken);

    public async Task SwitchOffAsync(CancellationToken cancellationToken)
    {
        await SynchroniseAsync(cancellationToken);
        await CellOffAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>True: a script is being aborted. False: none ran. Null: no answer.</summary>
    private async Task<bool?> AbortAnsweredAsync(MethodScriptLink link, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_betweenAborts, clocks.Wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while (true)
            {
                switch (await link.ReadReplyAsync(either.Token))
                {
                    case ReplyLine { Letter: 'Z' }:
                        return true;
                    case ErrorLine { Error.Letter: 'Z' }:
                        return false;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task AcknowledgedAsync(MethodScriptLink link, ScriptListener listener, CancellationToken cancellationToken)
    {
        using var confirmed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<OutputLine> refusal = link.ReadReplyAsync(confirmed.Token);
        if (await Task.WhenAny(listener.Acknowledged, refusal) == refusal)
        {
            throw await refusal is ErrorLine error ? new RefusedException(error.Error) : new MethodScriptFormatException("another reply than 'r'");
        }

        await confirmed.CancelAsync();
        await refusal.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static async Task EndAsync(MethodScriptLink link, ScriptListener? script, CancellationToken cancellationToken)
    {
        if (script is not null)
        {
            await script.Ended.WaitAsync(cancellationToken);
            return;
        }

        while (await link.ReadReplyAsync(cancellationToken) is not ScriptEndLine)
        {
            // output of a script that an earlier client started
        }
    }

    private static async Task<string> AskAsync(MethodScriptLink link, char letter, string more, CancellationToken cancellationToken)
    {
        link.ForgetReplies();
        await link.WriteAsync($"{letter}\n{more}", cancellationToken);
        while (true)
        {
            switch (await link.ReadReplyAsync(cancellationToken))
            {
                case ReplyLine reply when reply.Letter == letter:
                    return reply.Content;
                case ErrorLine { Error.Letter: { } refused } error when refused == letter:
                    throw new RefusedException(error.Error);
            }
        }
    }

    private async Task<T> GuardAsync<T>(string what, TimeSpan limit, Func<MethodScriptLink, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (_link is not { Broken: null } link)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, device, $"{what}: not connected");
        }

        using var timeout = new CancellationTokenSource(limit, clocks.Wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await work(link, either.Token);
        }
        catch (RefusedException refused)
        {
            await Task.Delay(options.DeafTime, clocks.Wall, CancellationToken.None);
            throw new DeviceFaultException(ErrorCodes.KindOf(refused.Error.Code), device, $"{what}: {refused.Error}", refused);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await DropAsync(link);
            throw new DeviceFaultException(FaultKind.Unreachable, device, $"{what}: no reply within {limit.TotalSeconds:0.#} s");
        }
        catch (OperationCanceledException)
        {
            await DropAsync(link);
            throw;
        }
        catch (TransportException error)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, device, $"{what}: {error.Message}", error);
        }
        catch (MethodScriptFormatException error)
        {
            await CloseAsync();
            throw new DeviceFaultException(FaultKind.Protocol, device, $"{what}: {error.Message}; the connection was dropped", error);
        }
    }

    /// <summary>An answer that is still to come must not meet the next command. A running script's output is worth more: the connection stays then,
    /// and commands that may be asked meanwhile are told by their letter.</summary>
    private Task DropAsync(MethodScriptLink link) => link.Script is { KeepsConnection: true, Acknowledged.IsCompleted: true } ? Task.CompletedTask : CloseAsync();

    private sealed class RefusedException(InstrumentError error) : Exception(error.ToString())
    {
        public InstrumentError Error { get; } = error;
    }
}
