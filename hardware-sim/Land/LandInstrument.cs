using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Time;

namespace CellLab.HardwareSim.Land;

/// <summary>A LAND tester on the bench. It has no wire: its data files are all that a client sees, and a person at it is played by the faults
/// <c>operator-start</c> and <c>operator-stop</c>.</summary>
internal sealed class LandInstrument : IBenchInstrument
{
    private readonly LandBenchDevice _device;
    private readonly LandFiles _files;
    private readonly IReadOnlyList<LandChannel> _channels;
    private readonly BenchClock _clock;
    private readonly FaultBoard _faults;
    private readonly object _leash = new();
    private bool _leashed;

    public LandInstrument(LandBenchDevice device, LandFiles files, IReadOnlyList<LandChannel> channels, BenchClock clock, FaultBoard faults)
    {
        (_device, _files, _channels, _clock, _faults) = (device, files, channels, clock, faults);
        Channels = [.. channels.Select(c => c.Name)];
        Pipelines = [.. channels.Where(c => c.Bench.Pipeline is not null).Select(c => new PipelineEntry(c.Bench.Pipeline!, c.Bench.Holder, "cycler", $"{device.Id}.{c.Name}"))];
        faults.Switched += OnSwitched;
    }

    public string Id => _device.Id;

    public IReadOnlyList<string> Channels { get; }

    public IReadOnlyList<string> Faults { get; } =
    [
        FaultNames.OperatorStart, FaultNames.OperatorStop, FaultNames.PartialBlock, FaultNames.RotateFile, FaultNames.FileLocked,
        FaultNames.FolderAway,
    ];

    public IReadOnlyList<PipelineEntry> Pipelines { get; }

    public object ConfigurationEntry => new
    {
        id = _device.Id,
        driver = "Land",
        simulated = true,
        connection = new { kind = "folder", path = _files.Folder },
        settings = new { channels = Channels, quiet_s = _device.QuietS, poll_interval_s = Math.Max(1, _device.RecordS / 2) },
    };

    public Task RunAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(() => ended.TrySetResult());
        return ended.Task;
    }

    public void Advance()
    {
        double now = _clock.SecondsNow;
        foreach (LandChannel channel in _channels)
        {
            channel.Advance(now);
        }

        Leash();
    }

    public ValueTask DisposeAsync()
    {
        _faults.Switched -= OnSwitched;
        _clock.TakeOff(_leash);
        foreach (LandChannel channel in _channels)
        {
            channel.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>A bench that gets no processor time must not make a growing file look like one that has ended: while a test runs, lab time goes no further
    /// than a part of the quiet time beyond what has been written.</summary>
    private void Leash()
    {
        bool running = _channels.Any(channel => channel.Runs);
        if (running)
        {
            _clock.Move(_leash, TimeSpan.FromSeconds(_device.QuietS / 4));
        }
        else if (_leashed)
        {
            _clock.TakeOff(_leash);
        }

        _leashed = running;
    }

    private void OnSwitched(ActiveFault fault, bool on)
    {
        if (fault.Name == FaultNames.FolderAway && fault.Covers(Id, null))
        {
            _files.TakeAway(on);
            return;
        }

        foreach (LandChannel channel in _channels.Where(c => fault.Covers(Id, c.Name)))
        {
            Switch(channel, fault, on);
        }
    }

    private void Switch(LandChannel channel, ActiveFault fault, bool on)
    {
        switch (fault.Name)
        {
            case FaultNames.OperatorStart when on:
                string? name = fault.Text("program");
                LandBenchProgram program = _device.Programs.FirstOrDefault(p => p.Name == name) ?? _device.Programs[0];
                channel.Start(fault.Text("text") ?? "test", program, _clock.SecondsNow);
                break;
            case FaultNames.OperatorStop when on:
                channel.Stop(_clock.SecondsNow);
                break;
            case FaultNames.RotateFile when on:
                channel.Rotate(_clock.SecondsNow);
                break;
            case FaultNames.PartialBlock:
                channel.HalfBlocks(on);
                break;
            case FaultNames.FileLocked:
                channel.Lock(on);
                break;
        }
    }
}
