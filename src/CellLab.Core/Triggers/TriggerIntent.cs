using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Triggers.Patterns;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Core.Triggers;

/// <summary>What became of a trigger.</summary>
public enum TriggerFate
{
    /// <summary>Kept until the diffractometer is free.</summary>
    Waiting,

    /// <summary>Stored before the pulse; without a receipt after a crash it becomes <see cref="Unconfirmed"/>, and is never sent again. A pattern file that came of it is
    /// recorded all the same.</summary>
    Firing,

    /// <summary>The pulse is out.</summary>
    Sent,
    Exposing,

    /// <summary>The exposure is over; its record waits for the cycler's rows or the file.</summary>
    Exposed,

    /// <summary>The pattern's row is stored.</summary>
    Recorded,

    /// <summary>Dropped without a pulse; the reason says why.</summary>
    Missed,

    /// <summary>The pulse was sent, no exposure was seen.</summary>
    NotAcknowledged,

    /// <summary>Nobody knows whether the pulse came.</summary>
    Unconfirmed,

    /// <summary>The exposure could not be followed to its end.</summary>
    Lost,
}

/// <summary>One trigger of a job, stored before anything is sent and again with each thing that happens to it.</summary>
public sealed record TriggerIntent
{
    public required JobId Job { get; init; }

    /// <summary>From 1 within the job.</summary>
    public required int Number { get; init; }

    /// <summary>Empty for a manual one.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    public required MissedPolicy Policy { get; init; }

    public TriggerFate Fate { get; init; }

    /// <summary>Why it was missed or lost; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The state at which the pattern was asked for; null when it was asked for by hand before the first record.</summary>
    public CellPoint? Requested { get; init; }

    public PatternTimes Times { get; init; } = new();

    /// <summary>Of the start of the exposure, without the polling of busy, s.</summary>
    public double? PulseUncertaintySeconds { get; init; }

    public PulseOutcome? Outcome { get; init; }

    /// <summary>It had to wait.</summary>
    public bool Queued { get; init; }

    public bool Acknowledged { get; init; }

    public bool Short { get; init; }

    public bool Overrun { get; init; }

    /// <summary>Of one pattern, as protocol or instrument said when it was fired, s; null where nobody said.</summary>
    public double? ExposureExpectedSeconds { get; init; }

    /// <summary>When the newest of the pattern files that were there before the pulse was written, by the clock of their folder; null for none.</summary>
    public DateTimeOffset? FilesUntilUtc { get; init; }

    /// <summary>The service ended before it could see the exposure begin.</summary>
    public bool StartUnseen { get; init; }

    /// <summary>Nobody saw whether an exposure followed the pulse: its file, should one come, tells.</summary>
    public bool Sought { get; init; }

    /// <summary>Who asked by hand; null for a condition.</summary>
    public string? By { get; init; }

    public string Id => IdOf(Job, Number);

    public bool IsOpen => Sought || Fate is TriggerFate.Waiting or TriggerFate.Firing or TriggerFate.Sent or TriggerFate.Exposing or TriggerFate.Exposed;

    public static string IdOf(JobId job, int number) => string.Create(CultureInfo.InvariantCulture, $"{job.Short}-{number:0000}");
}

/// <summary>What the trigger rules of a job remember (<see cref="TriggerRulesState"/>); open until its last pattern is recorded.</summary>
public sealed record TriggerMemory(JobId Job, string Token, bool IsOpen);
