using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Engine.Desk;

namespace CellLab.Engine.Live;

/// <summary>A job that has not ended, with what the Engine keeps in memory about it. <see cref="Job"/> and <see cref="Segment"/> are always what
/// the journal holds; everything else can be rebuilt from them.</summary>
/// <param name="steppedByService">The channel's programs are stepped here.</param>
internal sealed class LiveJob(Job job, ChannelAddress channel, bool steppedByService)
{
    private readonly Lazy<SegmentPlan> _watched = new(() => SegmentPlan.Of(job.Program, ExecutorAbility.InstrumentAlone));
    private readonly SegmentPlan _first = SegmentPlan.Of(job.Program, ExecutorAbility.For(job.Program, steppedByService, job.Leading));

    public JobId Id => Job.Id;

    public ChannelAddress Channel { get; } = channel;

    public Job Job { get; private set; } = job;

    /// <summary>The segment that runs; null before the first start and between two.</summary>
    public Segment? Segment { get; private set; }

    /// <summary>The last segment that has ended.</summary>
    public Segment? Previous { get; private set; }

    /// <summary>The last one that has ended on the cycler.</summary>
    public Segment? PreviousOnCycler { get; private set; }

    /// <summary>The channel whose output was on last; null before the first.</summary>
    public ChannelAddress? LastDriven { get; private set; }

    /// <summary>Who steps a program from its beginning judges its exits; of what is left after an interruption the service knows more.</summary>
    public SegmentPlan Plan => Previous is null ? _first : _watched.Value;

    /// <summary>What the instrument runs.</summary>
    public CellProgram Program => Segment?.Program ?? Job.Program;

    /// <summary>Another instrument or a person is at work, the cycler is off.</summary>
    public bool InStage => Segment?.Stage is not null;

    /// <summary>Follows the records of the present segment of the cycler; device task only.</summary>
    public RecordTracker? Tracker { get; private set; }

    public JobProgress? Progress { get; set; }

    /// <summary>When the last data came, on both clocks: for the watchdog and the retry of a stop.</summary>
    public DateTimeOffset LastDataAtLab { get; set; }

    public long LastDataAtWall { get; set; }

    /// <summary>When the channel last answered for this job, with or without new records.</summary>
    public long LastAnswerAtWall { get; set; }

    public long? LastStopAtWall { get; set; }

    /// <summary>One state change at a time.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public string Barcode => $"{Job.Sample}_{Job.Id.Short}";

    public void Stored(Job job) => Job = job;

    public void Stored(Segment segment)
    {
        LastDriven = segment.Stage is null or StepNames.Impedance ? segment.Channel : LastDriven;
        if (segment.EndedAtUtc is not null)
        {
            (Previous, Segment, Tracker, LastStopAtWall) = (segment, null, null, null);
            PreviousOnCycler = segment.Stage is null ? segment : PreviousOnCycler;
            return;
        }

        bool isNew = Segment?.Index != segment.Index;
        Segment = segment;
        if (isNew)
        {
            Rewind();
        }
    }

    /// <summary>Takes the bookkeeping back to what the journal holds, after a commit that failed.</summary>
    public void Rewind() => Tracker = Segment is { Stage: null } ? new RecordTracker(Job, Segment, steppedByService) : null;

    public ChannelCursor? Cursor() => Segment is not { Stage: null }
        ? null
        : new ChannelCursor(Channel, Segment.TestId, Segment.ResumeToken, Program, Tracker?.LimitNear ?? false);
}
