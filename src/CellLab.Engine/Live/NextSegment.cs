using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;

namespace CellLab.Engine.Live;

/// <summary>What a job runs next: a function of the job and of its last segment as stored, so that a restart comes to the same.</summary>
/// <param name="Why">One clause for people: why a new segment begins here.</param>
internal sealed record NextSegment(CellProgram Program, IReadOnlyList<int>? StepNumbers, long FirstPlace, long EndPlace, TrackerState Begin, string Why)
{
    private Segment? Previous { get; init; }

    /// <summary>The step, where another instrument or a person does it; null for the cycler.</summary>
    public OtherInstrumentStep? Stage { get; init; }

    public int Index => (Previous?.Index ?? 0) + 1;

    /// <param name="previous">The last segment, ended; null before the first.</param>
    /// <returns>Null when nothing is left.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The capacity that currents are to follow from is not plausible; the message is for a person.</exception>
    public static NextSegment? Of(Job job, SegmentPlan plan, Segment? previous)
    {
        var watch = new ProgramWatch(job.Program, job.Leading);
        NextSegment? next = previous switch
        {
            null => At(plan, 0, new TrackerState { Memory = watch.HasWork ? ProgramMemory.Empty : null }),
            { NextPlace: { } place } => At(plan, place, TrackerState.FromToken(previous.EngineToken).AtSeam()),
            _ => AfterCut(plan, watch, previous, TrackerState.FromToken(previous.EngineToken)),
        };
        return next is null ? null : next with { Previous = previous, Stage = plan.StageAt(next.FirstPlace)?.Other };
    }

    /// <summary>The segment's row of a step that another instrument or a person begins now.</summary>
    public Segment StageBegun(LiveJob live, ChannelAddress channel, DateTimeOffset nowUtc)
    {
        Segment begun = Started(live, new ChannelStatus(channel, ChannelState.Running, "", nowUtc, TestId: $"{Stage!.Kind}-{Index}"), nowUtc);
        double sinceJob = live.Job.StartedAtUtc is { } first ? (nowUtc - first).TotalSeconds : 0;
        return begun with { Channel = channel, Stage = Stage.Kind, TestTimeOffsetSeconds = Math.Max(begun.TestTimeOffsetSeconds, sinceJob) };
    }

    /// <summary>The segment's row once the instrument has confirmed its start.</summary>
    public Segment Started(LiveJob live, ChannelStatus found, DateTimeOffset nowUtc)
    {
        TrackerState reached = TrackerState.FromToken(Previous?.EngineToken);
        return new Segment
        {
            Job = live.Id,
            Index = Index,
            Channel = live.Channel,
            Barcode = live.Barcode,
            TestId = found.TestId ?? throw new DeviceFaultException(FaultKind.Protocol, live.Channel.Device, $"{live.Channel} runs without a test id"),
            StartedAtUtc = nowUtc,
            ConfirmedAtUtc = nowUtc,
            EngineToken = Begin.ToToken(),
            LastSequence = Previous?.LastSequence ?? 0,
            TestTimeOffsetSeconds = (Previous?.TestTimeOffsetSeconds ?? 0) + reached.SegmentSeconds,
            Program = StepNumbers is null ? null : Program,
            StepNumbers = StepNumbers,
            FirstPlace = FirstPlace,
            EndPlace = EndPlace,
            StepsBefore = (Previous?.StepsBefore ?? 0) + reached.StepCount,
        };
    }

    private static NextSegment? AfterCut(SegmentPlan plan, ProgramWatch watch, Segment previous, TrackerState reached)
    {
        long place = previous.FirstPlace + Math.Max(0, reached.StepCount - 1) + reached.LeftOut;
        if (plan.StageAt(place) is not { } stage)
        {
            return null;
        }

        var within = new ReachedPlace(place - stage.FirstPlace, reached.DoneSeconds(), reached.DoneAmpereHours());
        CellProgram program = stage.ProgramFor(reached.Memory?.MeasuredAmpereHours);
        if (ProgramRemainder.Of(program, within) is { } left && left.FirstPlace == within.Place)
        {
            TrackerState begin = reached.AtSeam() with { CarriedSeconds = within.Seconds, CarriedAmpereHours = within.AmpereHours };
            return Part(stage, left, begin, string.Create(
                CultureInfo.InvariantCulture, $"what is left from executed step {previous.StepsBefore + Math.Max(1, reached.StepCount)} on"));
        }

        // the step was as good as over when it was cut
        WatchTurn? turn = reached.Memory is { } memory ? watch.StepEnded(memory, place, within.AmpereHours) : null;
        return At(plan, turn?.NextPlace ?? place + 1, reached.AtSeam() with { Memory = turn?.Memory });
    }

    /// <summary>From the beginning of the step at this place.</summary>
    private static NextSegment? At(SegmentPlan plan, long place, TrackerState begin)
    {
        if (plan.StageAt(place) is not { } stage)
        {
            return null;
        }

        CellProgram program = stage.ProgramFor(begin.Memory?.MeasuredAmpereHours);
        if (place > stage.FirstPlace)
        {
            return Part(stage, ProgramRemainder.Of(program, new ReachedPlace(place - stage.FirstPlace, 0, 0))!, begin, stage.Why);
        }

        int[]? numbers = plan.Stages.Count == 1 && !stage.IsWatched ? null : [.. program.Steps.Select(step => step.Number + stage.StepOffset)];
        return new NextSegment(program, numbers, place, stage.EndPlace, begin, stage.Why);
    }

    private static NextSegment Part(Stage stage, Remainder left, TrackerState begin, string why) => new(
        left.Program, [.. left.StepNumbers.Select(number => number + stage.StepOffset)], stage.FirstPlace + left.FirstPlace, stage.EndPlace, begin, why);
}
