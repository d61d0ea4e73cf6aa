using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;

namespace CellLab.Drivers.Catalog.Runs;

/// <summary>Records and step times of a test whose instrument keeps nothing: what has come stays here until it is committed. Whoever uses it takes turns.</summary>
internal sealed class KeptRecords(ChannelAddress channel, CellProgram program, DateTimeOffset startedUtc)
{
    private const int MostInTurn = 5000;

    private readonly List<InstrumentRecord> _records = [];
    private readonly List<StepTime> _steps = [];
    private long _dropped;
    private OpenStep? _open;

    /// <summary>The step that runs; null between steps and in one that the program does not have.</summary>
    public ProgramStep? Step => _open?.Step;

    private long Count => _dropped + _records.Count;

    /// <summary>News after this cursor; what lies before it is forgotten.</summary>
    /// <param name="ended">How the test ended; null while it runs or its cell is not settled. Told with the last record.</param>
    public FollowedReading Since(string? resumeToken, IReadOnlyList<string> notes, FollowOutcome? ended)
    {
        RunToken taken = RunToken.Parse(resumeToken);
        int before = (int)Math.Clamp(taken.Records - _dropped, 0, _records.Count);
        _records.RemoveRange(0, before);
        _dropped += before;
        InstrumentRecord[] news = [.. _records.Take(MostInTurn)];
        bool more = news.Length < _records.Count;
        var token = new RunToken(taken.Records + news.Length, _steps.Count, notes.Count);
        FollowOutcome outcome = more ? FollowOutcome.Following : ended ?? FollowOutcome.Following;
        return new FollowedReading(channel, outcome, news, [.. _steps.Skip(taken.Steps)], [.. notes.Skip(taken.Notes)], token.ToString(), more);
    }

    /// <param name="count">Executed steps so far.</param>
    /// <param name="number">In the program.</param>
    /// <param name="seconds">Since the begin of the test.</param>
    /// <returns>The program's step; null when it has none of that number.</returns>
    public ProgramStep? Open(int count, int number, double seconds)
    {
        ProgramStep? step = program.Steps.FirstOrDefault(s => s.Number == number);
        _open = step is null ? null : new OpenStep(count, step, seconds, Count + 1);
        return step;
    }

    /// <summary>A reading outside a step has no place in a record.</summary>
    public void Add(double seconds, DateTimeOffset receivedUtc, double volts, double amperes)
    {
        if (_open is not { } step)
        {
            return;
        }

        step.LastSeconds = seconds;
        _records.Add(new InstrumentRecord(
            Count + 1, step.Count, step.Step.Number, KindOf(step.Step), seconds - step.StartSeconds, seconds, Provisional: false,
            startedUtc + TimeSpan.FromSeconds(seconds), receivedUtc, volts, amperes, null, null, null));
    }

    /// <param name="seconds">When the step ended; null takes its last record's time.</param>
    public void Close(double? seconds)
    {
        if (_open is { } step && Count >= step.FirstRecord)
        {
            double end = seconds ?? step.LastSeconds;
            _steps.Add(new StepTime(step.Count, step.Step.Number, step.StartSeconds, end - step.StartSeconds, step.FirstRecord, Count));
        }

        _open = null;
    }

    private static StepKind KindOf(ProgramStep step) => step switch
    {
        RestStep => StepKind.Rest,
        CurrentStep { CurrentAmperes: > 0 } => StepKind.ConstantCurrentCharge,
        CurrentStep => StepKind.ConstantCurrentDischarge,
        VoltageStep => StepKind.ConstantVoltage,
        ScanStep => StepKind.VoltageScan,
        _ => StepKind.Unknown,
    };

    private sealed record OpenStep(int Count, ProgramStep Step, double StartSeconds, long FirstRecord)
    {
        public double LastSeconds { get; set; } = StartSeconds;
    }
}
