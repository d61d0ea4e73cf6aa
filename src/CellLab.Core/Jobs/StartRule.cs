using System.Globalization;

namespace CellLab.Core.Jobs;

/// <summary>Whether a queued job may start by itself now. Unclear means: a person decides.</summary>
public static class StartRule
{
    /// <param name="before">The job that stood before it on the channel and has ended; null when there was none.</param>
    /// <param name="nowUtc">Lab time.</param>
    /// <param name="lateness">How far a stated start may have been missed.</param>
    public static StartDecision Decide(Job job, Job? before, DateTimeOffset nowUtc, TimeSpan lateness)
    {
        if (job.NotBeforeUtc > nowUtc)
        {
            return new StartDecision(StartAnswer.Later, Text($"starts at {job.NotBeforeUtc:yyyy-MM-dd HH:mm:ss} UTC"));
        }

        if (before is not null && (before.State, before.Verdict) != (JobState.Completed, JobVerdict.Complete))
        {
            return Wait($"job {before.Id} before it ended {before.State} ({before.Verdict?.ToText() ?? "no verdict"}); look at the cell");
        }

        if (before is not null && before.Sample != job.Sample)
        {
            return Wait($"the cell of job {before.Id}, sample '{before.Sample}', was the last one on this channel; put in sample '{job.Sample}'");
        }

        DateTimeOffset? due = before?.EndedAtUtc > job.NotBeforeUtc ? before.EndedAtUtc : job.NotBeforeUtc;
        return nowUtc - due > lateness
            ? Wait($"it was due at {due:yyyy-MM-dd HH:mm:ss} UTC, and nobody could start it then; more than {lateness.TotalMinutes:0.#} min have passed. Look at the cell")
            : new StartDecision(StartAnswer.Start, "due");
    }

    private static StartDecision Wait(FormattableString reason) => new(StartAnswer.Wait, Text($"{Text(reason)}, then resume the job"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

public enum StartAnswer
{
    Start,

    /// <summary>Its time has not come.</summary>
    Later,

    /// <summary>A person has to look first.</summary>
    Wait,
}

public sealed record StartDecision(StartAnswer Answer, string Reason);
