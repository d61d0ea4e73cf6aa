using CellLab.HardwareSim.Neware.Program;

namespace CellLab.HardwareSim.Neware.Running;

/// <summary>What a channel has stored of one test; goes on existing when the next test has begun.</summary>
internal sealed class BtsTest(int testId, string barcode, BtsProgram program, double startSeconds)
{
    public int TestId { get; } = testId;

    public string Barcode { get; } = barcode;

    public BtsProgram Program { get; set; } = program;

    /// <summary>Lab seconds of the bench.</summary>
    public double StartSeconds { get; } = startSeconds;

    /// <summary>Lab seconds at which the test was over; null while it runs or is paused.</summary>
    public double? EndSeconds { get; set; }

    /// <summary>In order; the sequence number of a record is its place, from 1.</summary>
    public List<BtsRecord> Records { get; } = [];

    public List<ExecutedStep> Steps { get; } = [];

    public List<BtsLogLine> Log { get; } = [];

    /// <summary>Seconds since the start, pauses left out.</summary>
    public double RunSeconds { get; set; }
}

/// <summary>One stored row, small because there are many. Step is the place in <see cref="BtsTest.Steps"/>; counters are since the start of
/// the step and positive; AtSecond is the bench's lab time in whole seconds.</summary>
internal readonly record struct BtsRecord(
    int Step, uint StepMilliseconds, int AtSecond, double Volts, double Amperes, double AmpereHours, double WattHours);

internal readonly record struct BtsLogLine(int Code, double AtSeconds);

/// <summary>One line of the step layer.</summary>
internal sealed class ExecutedStep
{
    public required int Index { get; init; }
    public required BtsStep Step { get; init; }
    /// <summary>From 1.</summary>
    public required int Cycle { get; init; }
    public required int FirstSequence { get; init; }
    public int LastSequence { get; set; }
    public double Seconds { get; set; }
    public double EndSeconds { get; set; }
    public double AmpereHours { get; set; }
    public double WattHours { get; set; }
    public bool Ended { get; set; }
}

/// <summary>Codes of the instrument's log. The vendor's list is not public: those marked seen stand in recordings, the others are this bench's own.</summary>
internal static class BtsLogCode
{
    /// <summary>Seen.</summary>
    public const int Started = 100000;

    /// <summary>Seen.</summary>
    public const int Finished = 100001;

    /// <summary>Seen in the middle of a long test; read as interruption.</summary>
    public const int Interrupted = 100215;

    /// <summary>Seen after an interruption; read as resumption.</summary>
    public const int Resumed = 100213;

    /// <summary>Seen at inquire while a test runs.</summary>
    public const int Running = 102000;

    public const int Stopped = 100002;

    public const int Paused = 100003;

    public const int Continued = 100004;

    public const int Protected = 100100;

    public const int NoCell = 100101;
}
