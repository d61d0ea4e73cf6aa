using System.Text.Json;
using CellLab.AutolabBridge.Running;
using CellLab.AutolabBridge.Sdk;
using CellLab.AutolabBridge.Time;

namespace CellLab.AutolabBridge;

/// <summary>What the requests do at the instrument. Called from the client's thread; everything of the SDK is posted to its own.</summary>
internal sealed class Operations
{
    public const int Protocol = 1;

    /// <summary>An abort that has not ended by then is answered as not confirmed: the SDK cannot be interrupted within one frequency.</summary>
    private static readonly TimeSpan s_abortLimit = TimeSpan.FromSeconds(10);

    private readonly BridgeOptions _options;
    private readonly SdkThread _thread;
    private readonly AutolabInstrument? _instrument;
    private readonly SdkException? _missing;
    private readonly double _started = WallTime.Seconds;
    private IRunClock _clock = new WallRunClock();
    private string _bandwidth = "High_Stability";
    private string _connectedBy = "";
    private (string Serial, bool HasFra) _identity = ("", false);
    private RunControl? _run;

    public Operations(BridgeOptions options, SdkThread thread)
    {
        _options = options;
        _thread = thread;
        try
        {
            _instrument = new AutolabInstrument(SdkAssembly.Load(options.SdkFolder));
        }
        catch (SdkException missing)
        {
            _missing = missing;
        }
    }

    private RunControl? ActiveRun => Volatile.Read(ref _run);

    private AutolabInstrument Instrument => _instrument ?? throw _missing!;

    public void WriteHello(Utf8JsonWriter json, int clientProtocol)
    {
        json.WriteNumber("protocol", Protocol);
        json.WriteBoolean("accepted", clientProtocol == Protocol);
        json.WriteString("bridge", typeof(Operations).Assembly.GetName().Version?.ToString(3));
        json.WriteString("sdkVersion", _instrument?.Version);
        json.WriteStartArray("missing");
        foreach (string name in _instrument?.Missing ?? [_missing!.Message])
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteBoolean("simulated", _instrument?.Simulated ?? false);
    }

    /// <summary>Answers at once when it is connected with the same files already.</summary>
    public void Connect(string hardwareSetup, string adk, Reply reply) => Post("connect", reply, () =>
    {
        if (!Instrument.Connected || _connectedBy != $"{hardwareSetup}|{adk}")
        {
            _identity = Instrument.Connect(hardwareSetup, adk);
            _connectedBy = $"{hardwareSetup}|{adk}";
            _clock = Instrument.SimulatedClock() ?? new WallRunClock();
        }

        bool cell = Instrument.Flag("Ei.Cell");
        reply.Ok(json =>
        {
            json.WriteString("serial", _identity.Serial);
            json.WriteBoolean("hasFra", _identity.HasFra);
            json.WriteBoolean("cell", cell);
        });
    });

    /// <summary>While a run is under way: its newest reading, without a call of the SDK.</summary>
    public void Status(Reply reply)
    {
        if (ActiveRun is { } run)
        {
            reply.Ok(json => WriteStatus(json, run.Id, true, null, run.Latest, (_clock as WallRunClock)?.UtcNow));
            return;
        }

        Post("status", reply, () =>
        {
            if (_instrument is null || !Instrument.Connected)
            {
                reply.Ok(json => WriteStatus(json, null, false, null, null, WallTime.UtcNow));
                return;
            }

            bool cell = Instrument.Flag("Ei.Cell");
            var reading = new Reading(
                0, Instrument.Number("Ei.Potential"), Instrument.Number("Ei.Current"), Instrument.Flag("Ei.CurrentOverload"), Instrument.Flag("Ei.PotentialOverload"));
            (string mode, string range) = (Instrument.Word("Ei.Mode"), Instrument.Word("Ei.CurrentRange"));
            DateTime? clock = _clock.UtcNow;
            reply.Ok(json =>
            {
                WriteStatus(json, null, true, cell, reading, clock);
                json.WriteString("mode", mode);
                json.WriteString("range", range);
            });
        });
    }

    public void SetUp(string bandwidth, double range, Reply reply) => Post("setup", reply, () =>
    {
        string name = CurrentRanges.NameOf(CurrentRanges.For(range));
        Instrument.Set("Ei.Bandwidth", bandwidth);
        Instrument.Set("Ei.CurrentRange", name);
        _bandwidth = bandwidth;
        reply.Ok(json => json.WriteString("range", name));
    });

    public void Run(RunPlan plan, Reply reply)
    {
        if (_missing is not null || Instrument.Missing.Count > 0)
        {
            reply.Refuse("sdk_missing", _missing?.Message ?? $"the installed SDK lacks {string.Join(", ", Instrument.Missing)}");
            return;
        }

        var control = new RunControl(plan.Id);
        if (Interlocked.CompareExchange(ref _run, control, null) is { } other)
        {
            reply.Refuse("busy", $"run {other.Id} is under way");
            return;
        }

        _thread.Post("start of a run", _options.CallLimitSeconds, () => Execute(plan, control, reply));
    }

    /// <summary>Ends what runs; the cell is off in any case. Answered when that is read back.</summary>
    public void Abort(Reply reply)
    {
        if (ActiveRun is not { } run)
        {
            Post("cell off", reply, () =>
            {
                SwitchOff();
                reply.Ok(json => WriteAborted(json, null));
            });
            return;
        }

        run.Abort("asked for by the client");
        ThreadPool.QueueUserWorkItem(_ => AnswerAbort(run, reply));
    }

    /// <summary>Ends what runs, cell off, nobody to tell.</summary>
    public void ClientLost()
    {
        ActiveRun?.Abort("the client has gone");
        if (ActiveRun is null && _instrument is not null)
        {
            _thread.Post("cell off", _options.CallLimitSeconds, () => TrySdk(SwitchOff));
        }
    }

    public void Disconnect(Action<SdkException?> done)
    {
        ActiveRun?.Abort("disconnected");
        _thread.Post("disconnect", _options.CallLimitSeconds, () => done(TrySdk(() =>
        {
            if (_instrument is not null && Instrument.Connected)
            {
                SwitchOff();
                Instrument.Disconnect();
            }
        })));
    }

    private void Execute(RunPlan plan, RunControl control, Reply reply)
    {
        if (TrySdk(RequireConnected) is { } problem)
        {
            Volatile.Write(ref _run, null);
            reply.Done(problem);
            return;
        }

        var report = new RunReport(plan.Id, reply.Client);
        reply.Ok(json => json.WriteString("run", plan.Id));
        var context = new RunContext(Instrument, _clock, _thread, control, report, plan.Limits, _bandwidth, _options.CallLimitSeconds);
        var executor = new RunExecutor(plan, context, _clock);
        executor.Execute(() => Volatile.Write(ref _run, null));
    }

    private void RequireConnected()
    {
        if (!Instrument.Connected)
        {
            throw new SdkException("not_connected", "no instrument is connected; send connect first");
        }
    }

    private static void AnswerAbort(RunControl run, Reply reply)
    {
        if (!run.WaitForEnd(s_abortLimit))
        {
            reply.Refuse("timeout", "the run has not ended yet: the SDK cannot be interrupted within one frequency; the cell is still ON");
        }
        else if (!run.CellIsOff)
        {
            reply.Refuse("sdk_error", "the run has ended, but the cell does not read back as off");
        }
        else
        {
            reply.Ok(json => WriteAborted(json, run.Id));
        }
    }

    private void SwitchOff()
    {
        if (_instrument is null || !Instrument.Connected)
        {
            return;
        }

        Instrument.Set("Ei.CellOnOff", "Off");
        if (Instrument.Flag("Ei.Cell"))
        {
            throw new SdkException("sdk_error", "the cell was switched off but does not read back as off");
        }
    }

    private void WriteStatus(Utf8JsonWriter json, string? run, bool connected, bool? cell, Reading? reading, DateTime? utc)
    {
        json.WriteBoolean("connected", connected);
        json.WriteString("run", run);
        if (cell is { } on)
        {
            json.WriteBoolean("cell", on);
        }

        if (reading is { } now)
        {
            Wire.JsonText.WriteValue(json, "e_V", now.Volts);
            Wire.JsonText.WriteValue(json, "i_A", now.Amperes);
            json.WriteBoolean("overloadI", now.CurrentOverload);
            json.WriteBoolean("overloadE", now.PotentialOverload);
        }

        Wire.JsonText.WriteValue(json, "uptime_s", WallTime.Seconds - _started);
        if (utc is { } clock)
        {
            Wire.JsonText.WriteUtc(json, "clock_utc", clock);
        }
    }

    private static void WriteAborted(Utf8JsonWriter json, string? run)
    {
        json.WriteString("aborted", run);
        json.WriteBoolean("cell", false);
    }

    private void Post(string what, Reply reply, Action work)
    {
        if (ActiveRun is { IsAborting: false } run)
        {
            reply.Refuse("busy", $"run {run.Id} is under way");
            return;
        }

        _thread.Post(what, _options.CallLimitSeconds, () =>
        {
            if (TrySdk(work) is { } problem)
            {
                reply.Done(problem);
            }
        });
    }

    /// <summary>Whatever the library throws: an exception that leaves the thread would end the program with the cell as it is.</summary>
    private static SdkException? TrySdk(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return problem as SdkException ?? new SdkException("sdk_error", $"{problem.GetType().Name}: {problem.Message}", problem);
        }
    }
}
