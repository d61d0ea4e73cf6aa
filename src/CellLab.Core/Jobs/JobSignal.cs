namespace CellLab.Core.Jobs;

/// <summary>What can happen to a job; <see cref="JobStateMachine"/> says where it leads.</summary>
public enum JobSignal
{
    /// <summary>The channel is leased and the start intent is durable.</summary>
    Leased,

    /// <summary>Something has to happen before it can go on: the device is away, or a person has to answer.</summary>
    MustWait,

    /// <summary>The instrument has confirmed the start, or a running test was found to be ours.</summary>
    Started,

    /// <summary>A step of another instrument has begun; the cycler is off.</summary>
    StageBegan,

    /// <summary>The instrument refused the start.</summary>
    StartRefused,

    /// <summary>The instrument has confirmed a pause, or holds the test in a state that only a person may end.</summary>
    Held,

    /// <summary>The instrument goes on.</summary>
    Continued,

    /// <summary>No data, or no connection, or an unclear state.</summary>
    Lost,

    StopRequested,

    /// <summary>The stopped test is over and all its records are here.</summary>
    StopDone,

    /// <summary>The program ran to its end and all its records are here.</summary>
    ProgramEnded,

    /// <summary>A segment is over as planned and more of the job is to come; the cell rests at open circuit until the next one starts.</summary>
    SegmentEnded,

    /// <summary>A person wants what is left of an ended job to be run.</summary>
    ContinueRequested,

    /// <summary>A safety limit has ended it, or another test has taken the channel, or the data cannot be right.</summary>
    Broken,
}
