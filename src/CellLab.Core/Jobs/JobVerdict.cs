namespace CellLab.Core.Jobs;

/// <summary>What the data of an ended job is worth; separate from its state. Written as in <see cref="JobVerdicts"/>.</summary>
public enum JobVerdict { Complete, CompleteWithGaps, Limit, Aborted, Error }

public static class JobVerdicts
{
    public static string ToText(this JobVerdict verdict) => verdict switch
    {
        JobVerdict.Complete => "complete",
        JobVerdict.CompleteWithGaps => "complete with gaps",
        JobVerdict.Limit => "limit",
        JobVerdict.Aborted => "aborted",
        _ => "error",
    };
}
