using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Units;
using CellLab.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Benchmarks.Page;

/// <summary>An ended job of 400 cycles with 2,000,000 records, one every 2 s, with one spike of one record.</summary>
internal static class LongJob
{
    public const int Cycles = 400;
    public const int RecordsOfCycle = 5000;
    public const int Records = Cycles * RecordsOfCycle;
    public const int Spike = 1_234_567;
    public const double SpikeVolts = 5.25;
    private const int RowsOfCommit = 20_000;
    private const double RecordSeconds = 2;
    private static readonly JobId s_job = new("longjob00001");
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static string Id => s_job.Value;

    /// <summary>Writes the data folder by the journal itself, every row moved into the job's file.</summary>
    public static async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        await using Journal journal = await Journal.OpenAsync(folder, Clocks.RealTime, NullLoggerFactory.Instance, cancellationToken);
        await journal.CommitAsync(new JournalWrite { Samples = [Cell()], Jobs = [Job()] }, cancellationToken);
        for (int first = 1; first <= Records; first += RowsOfCommit)
        {
            await journal.CommitAsync(new JournalWrite { Records = [.. Enumerable.Range(first, RowsOfCommit).Select(Row)] }, cancellationToken);
            await journal.WriteCursorAsync(JournalCursors.Publisher, journal.LastPosition, cancellationToken);
        }

        await journal.MoveAllAsync(cancellationToken);
    }

    private static Sample Cell() => new()
    {
        Name = "long", ActiveMassMilligrams = 2, NominalCapacityMilliampereHoursPerGram = 250, RecordedAtUtc = s_start, RecordedBy = "benchmark",
    };

    private static Job Job() => new()
    {
        Id = s_job, Sample = "long", SampleVersion = 1, Pipeline = "coin-1", ProtocolName = "400 cycles", ProtocolText = "{}", Base = new CRateBase(250, 2),
        Program = new CellProgram(
            "400 cycles",
            [new CurrentStep(1, "life", 2e-4, 0.4, null, 4.8), new CurrentStep(2, "life", -2e-4, -0.4, null, 2.0), new LoopStep(3, "life", 1, Cycles)],
            new RecordRule(RecordSeconds, null, null), new SafetyLimits(4.9, 1.8, null, null, null, 5), 5e-4),
        SubmittedAtUtc = s_start, SubmittedBy = "benchmark", State = JobState.Completed, StateReason = "the program ran to its end", Verdict = JobVerdict.Complete,
        StartedAtUtc = s_start, EndedAtUtc = s_start.AddSeconds(Records * RecordSeconds),
    };

    private static RecordRow Row(int sequence)
    {
        int inCycle = (sequence - 1) % RecordsOfCycle;
        bool charging = inCycle < RecordsOfCycle / 2;
        double part = (double)(charging ? inCycle : inCycle - (RecordsOfCycle / 2)) / (RecordsOfCycle / 2);
        double volts = charging ? 2.2 + (2.6 * Math.Pow(part, 0.6)) : 4.7 - (2.7 * Math.Pow(part, 1.4));
        double seconds = sequence * RecordSeconds;
        int step = 1 + (2 * ((sequence - 1) / RecordsOfCycle)) + (charging ? 0 : 1);
        DateTimeOffset at = s_start.AddSeconds(seconds);
        var record = new InstrumentRecord(
            sequence, step, charging ? 1 : 2, charging ? StepKind.ConstantCurrentCharge : StepKind.ConstantCurrentDischarge, part * 5000, seconds, false, at, at,
            sequence == Spike ? SpikeVolts : Math.Round(volts + (Math.Sin(sequence) * 2e-4), 5), charging ? 2e-4 : -2e-4, part * 2.7e-4, part * 1e-3, 1 + (sequence / RecordsOfCycle));
        return new RecordRow(s_job, Streams.Cycler, sequence, 0, seconds, 1 + ((sequence - 1) / RecordsOfCycle), "life", 1, record);
    }
}
