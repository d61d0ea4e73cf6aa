using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Time;
using CellLab.Engine.Hosted;
using CellLab.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Engine.Hosted;

/// <summary>A hosted output on clocks that stand still but for the test. The bench does what the Engine does: it turns when the output wants to be
/// looked at, and gives back the token of what it has stored.</summary>
internal sealed class HostedBench
{
    private ChannelCursor? _cursor;

    public HostedBench(IVirtualCell cell)
    {
        var start = new LabTimeSetting(Wall.GetUtcNow(), Wall.GetUtcNow(), 1, false);
        Clocks = new Clocks(new LabClock(new FixedLabTime(start), Wall), Wall);
        Meter = new VirtualSourceMeter("psu1", cell, Clocks.Lab);
        Runner = NewRunner();
    }

    public ManualTimeProvider Wall { get; } = new();

    public Clocks Clocks { get; }

    public VirtualSourceMeter Meter { get; }

    public HostedProgramRunner Runner { get; private set; }

    public List<InstrumentRecord> Rows { get; } = [];

    public List<StepTime> Steps { get; } = [];

    public List<string> Notes { get; } = [];

    public FollowOutcome Outcome { get; private set; }

    public ChannelStatus Status { get; private set; } = null!;

    /// <summary>What is stored: the token of the last turn that was.</summary>
    public string? Token => _cursor!.ResumeToken;

    public static async Task<HostedBench> StartAsync(IVirtualCell cell, CellProgram program)
    {
        var bench = new HostedBench(cell);
        await bench.Runner.ConnectAsync(default);
        await bench.BeginAsync(program);
        return bench;
    }

    public async Task BeginAsync(CellProgram program)
    {
        Status = await Runner.StartAsync(Meter.Channel, program, "cell_1", default);
        _cursor = new ChannelCursor(Meter.Channel, Status.TestId!, null, program);
    }

    /// <summary>One turn; nothing is stored when <paramref name="stored"/> is false, as after a failed commit.</summary>
    public async Task<FollowedReading> TurnAsync(bool stored = true)
    {
        BankReading reading = await Runner.PollAsync([_cursor!], default);
        FollowedReading followed = Assert.Single(reading.Followed);
        (Outcome, Status) = (followed.Outcome, Assert.Single(reading.States));
        if (stored)
        {
            Rows.AddRange(followed.Records);
            Steps.AddRange(followed.StepTimes);
            Notes.AddRange(followed.Notes);
            _cursor = _cursor! with { ResumeToken = followed.ResumeToken };
        }

        return followed;
    }

    /// <summary>Turns until the condition is met or the test is over.</summary>
    public async Task RunAsync(Func<bool>? until = null)
    {
        Outcome = FollowOutcome.Following;
        while (Outcome == FollowOutcome.Following && until?.Invoke() != true)
        {
            await TurnAsync();
            Wall.Advance(Runner.UntilNextTurn > TimeSpan.FromMilliseconds(1) ? Runner.UntilNextTurn : TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>The service is gone without a word; a new one finds the output and the journal.</summary>
    public async Task KillAndRestartAsync(double secondsBetween)
    {
        Wall.Advance(TimeSpan.FromSeconds(secondsBetween));
        Runner = NewRunner();
        await Runner.ConnectAsync(default);
    }

    private HostedProgramRunner NewRunner() => new(Meter, Meter, new HostedTimings(), Clocks, NullLogger.Instance);
}
