using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Units;

namespace CellLab.Tests.Storage;

/// <summary>Rows and jobs whose every member follows from job and sequence number, so that a mix-up shows.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly JobId JobA = new("aaaaaaaaaaaa");

    public static readonly JobId JobB = new("bbbbbbbbbbbb");

    public static RecordRow Row(JobId job, long sequence, string stream = Streams.Cycler)
    {
        int salt = job.Value[0];
        var record = new InstrumentRecord(
            sequence, 1 + (int)(sequence / 100), 2, StepKind.ConstantCurrentCharge, sequence % 100 * 10.25, sequence * 10.25, sequence % 2 == 0,
            Start.AddSeconds(sequence).AddTicks(7), Start.AddSeconds(sequence + 0.125), 3 + (sequence * 1e-5), salt * 1e-6,
            sequence % 3 == 0 ? null : sequence * 1e-9, sequence % 5 == 0 ? null : sequence * 3e-9, sequence % 7 == 0 ? null : 4);
        return new RecordRow(job, stream, sequence, (int)(sequence / 1000), sequence * 10.25, (int)(sequence / 500), "loop-" + salt, 1, record);
    }

    public static RecordRow[] Of(JobId job, long first, int count, string stream = Streams.Cycler) =>
        [.. Enumerable.Range(0, count).Select(offset => Row(job, first + offset, stream))];

    public static Job Job(JobId id, JobState state = JobState.Running) => new()
    {
        Id = id,
        Sample = "lmno-7",
        SampleVersion = 2,
        Pipeline = "p1",
        ProtocolName = "rate map",
        ProtocolText = "{\"a\": \"ü\"}",
        Base = new CRateBase(250, 2),
        Program = new CellProgram(
            "rate map",
            [new RestStep(1, "main", 60), new CurrentStep(2, "main", 0.00005, 0.1, null, 4.8), new VoltageStep(3, "main", 4.8, true, 600, 1e-5), new LoopStep(4, "loop-2", 2, 3)],
            new RecordRule(30, 0.005, null),
            new SafetyLimits(4.9, 1.8, null, null, null, 5),
            0.0005),
        SubmittedAtUtc = Start,
        SubmittedBy = "ada",
        State = state,
    };
}
