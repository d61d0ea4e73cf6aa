using System.Text.Json.Serialization;
using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

public sealed record JobStatePayload(
    string Job, string Sample, string Pipeline, string Protocol, string State, string StateReason, string? Verdict,
    DateTimeOffset SubmittedUtc, DateTimeOffset? StartedUtc, DateTimeOffset? EndedUtc) : IPayload
{
    public static string SchemaName => "celllab/job-state/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;

    /// <summary>A stated start that has not come yet, or had been stated.</summary>
    public DateTimeOffset? NotBeforeUtc { get; init; }

    /// <summary>The job that stands before this one on the channel, as long as this one is queued.</summary>
    public string? QueuedBehind { get; init; }

    public static JobStatePayload Of(Job job) => new(
        job.Id.Value, job.Sample, job.Pipeline, job.ProtocolName, job.State.ToString(), job.StateReason, job.Verdict?.ToText(),
        job.SubmittedAtUtc, job.StartedAtUtc, job.EndedAtUtc)
    {
        NotBeforeUtc = job.NotBeforeUtc,
        QueuedBehind = job.State == JobState.Queued ? job.Behind?.Value : null,
    };
}

/// <param name="Acquired">Rows taken from the instrument since the job began.</param>
/// <param name="TUtc">Lab time of the last record.</param>
public sealed record JobProgressPayload(
    string Job, long Acquired, int CycleCount, string Block, int Pass, int StepCount, int StepId, double TestTimeS,
    double VoltageV, double CurrentA, DateTimeOffset TUtc, double LabSpeed) : IPayload
{
    public static string SchemaName => "celllab/job-progress/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;
}

/// <summary>The newest committed row of a job, thinned to two a second.</summary>
public sealed record LivePayload(
    string Job, string Stream, long Seq, DateTimeOffset TUtc, double TestTimeS, double VoltageV, double CurrentA, int StepCount, int CycleCount,
    int StepId, string StepKind, double StepTimeS, double? StepCapacityAh, double? StepEnergyWh, string Block, int Pass) : IPayload
{
    public static string SchemaName => "celllab/live/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;

    public static LivePayload Of(RecordRow row) => new(
        row.Job.Value, row.Stream, row.Sequence, row.Record.TakenAtUtc, row.TestTimeSeconds, row.Record.VoltageVolts, row.Record.CurrentAmperes,
        row.Record.StepCount, row.Cycle, row.Record.StepId, row.Record.Kind.ToText(), row.Record.StepTimeSeconds,
        row.Record.StepCapacityAmpereHours, row.Record.StepEnergyWattHours, row.Block, row.Pass);
}

/// <summary>One cycle as the analysis has it now: on the topic <c>cycle</c> when it is complete, on <c>latest-cycle</c> while it grows.
/// The figures are those of the REST resource <c>/cycles</c>.</summary>
public sealed record CyclePayload(
    string Job, int Cycle, string Block, int Pass, double? RateC, double? ChargeMahG, double? DischargeMahG, double? CoulombicEfficiencyPercent,
    double? EnergyEfficiencyPercent, double? MeanChargeVoltageV, double? MeanDischargeVoltageV, bool Complete) : IPayload
{
    public static string SchemaName => "celllab/cycle/1";

    public double? HysteresisV { get; init; }

    /// <summary>What rate_c and the values per gram stand on.</summary>
    public double? CRateBaseMahG { get; init; }

    public double? ActiveMassMg { get; init; }

    /// <summary>Share of the charge that no record shows.</summary>
    public double? EstimatedFraction { get; init; }

    public int Gaps { get; init; }

    public bool Resumed { get; init; }

    public long FirstRecord { get; init; }

    public long LastRecord { get; init; }

    /// <summary>Version of the arithmetic.</summary>
    public string? Method { get; init; }

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;
}
