using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Units;

namespace CellLab.Tests.Service.Rest;

/// <summary>What lies in a journal before a test asks for it.</summary>
internal static class Stories
{
    public const string Protocol = """
        {
          "record": { "time_s": 30 },
          "method": [
            { "step": "constant_current", "rate_C": "C/10", "until_voltage_V": 4.8 },
            { "step": "constant_current", "rate_C": "D/10", "until_voltage_V": 2.0 }
          ]
        }
        """;

    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static Sample Cell(string name) => new()
    {
        Name = name,
        ActiveMassMilligrams = 2,
        NominalCapacityMilliampereHoursPerGram = 250,
        RecordedAtUtc = Noon,
        RecordedBy = "anna",
    };

    public static Job Job(string id, string sample, JobState state = JobState.Running) => new()
    {
        Id = new JobId(id),
        Sample = sample,
        SampleVersion = 1,
        Pipeline = "coin-1",
        ProtocolName = "one-cycle",
        ProtocolText = Protocol,
        Base = new CRateBase(250, 2),
        Program = new CellProgram(
            "one-cycle",
            [new CurrentStep(1, "main", 5e-5, 0.1, null, 4.8), new CurrentStep(2, "main", -5e-5, -0.1, null, 2.0)],
            new RecordRule(30, 0.005, null),
            new SafetyLimits(4.9, 1.8, null, null, null, 5),
            5e-4),
        SubmittedAtUtc = Noon,
        SubmittedBy = "anna",
        State = state,
        StateReason = "as told",
        StartedAtUtc = Noon.AddMinutes(1),
    };

    public static RecordRow Row(string job, long sequence) => new(
        new JobId(job), Streams.Cycler, sequence, 0, 30.0 * sequence, 1, "main", 1,
        new InstrumentRecord(
            sequence, 1, 1, StepKind.ConstantCurrentCharge, 30.0 * sequence, 30.0 * sequence, false, Noon.AddSeconds(30 * sequence),
            Noon.AddSeconds((30 * sequence) + 1), 3 + (0.001 * sequence), 5e-5, 1e-6 * sequence, null, 1));

    /// <summary>A running job with five rows, one start, two events.</summary>
    public static async Task RunningAsync(IJournal journal, string id, string sample)
    {
        ChannelAddress channel = ChannelAddress.Parse("cycler1.27-1-1");
        var job = new JobId(id);
        await journal.CommitAsync(
            new JournalWrite
            {
                Samples = [Cell(sample)],
                Jobs = [Job(id, sample)],
                Intents = [new StartIntent(job, 0, channel, "899", "barcode", Noon)],
                Segments = [new Segment { Job = job, Index = 0, Channel = channel, Barcode = "barcode", TestId = "900", StartedAtUtc = Noon, LastSequence = 5 }],
                Events = [Event(job, "job-state", "queued"), Event(job, "job-state", "running")],
            },
            CancellationToken.None);
        await journal.CommitAsync(
            new JournalWrite
            {
                Records = [.. Enumerable.Range(1, 5).Select(sequence => Row(id, sequence))],
                StepTimes = [new StoredStepTime(job, Streams.Cycler, 0, new StepTime(1, 1, 0, 150, 1, 5))],
            },
            CancellationToken.None);
    }

    public static JobEvent Event(JobId job, string kind, string text) => new(0, Noon, Noon, job, null, kind, text);

    public static Alarm Alarm(string id, bool active = true) => new(id, AlarmSeverity.Critical, "the cell is above 4.9 V", null, "cycler1", Noon, active);
}
