using CellLab.Core.Jobs;

namespace CellLab.Storage.Analysis;

/// <summary>One step forward of one job's analysis, stored in one transaction: the cursor never runs ahead of the results.</summary>
/// <param name="Sequence">Last analysed record.</param>
/// <param name="StateJson">What the arithmetic remembers after that record.</param>
/// <param name="Ended">The job is over and all its records are analysed.</param>
/// <param name="Cycles">New or changed cycles.</param>
public sealed record AnalysisWrite(
    JobId Job,
    string Stream,
    long Sequence,
    string StateJson,
    bool Ended,
    IReadOnlyList<StoredCycle> Cycles,
    IReadOnlyList<StoredFinding> Findings)
{
    /// <summary>New or changed results of the analyses behind the cycles.</summary>
    public IReadOnlyList<StoredResult> Results { get; init; } = [];
}

/// <summary>One result of one analysis: <c>dqdv</c> of cycle 12, <c>eis</c> of spectrum 2.</summary>
/// <param name="Kind">Name of the analysis, as in the topic.</param>
/// <param name="Item">What of the job it is about, counted by the analysis (a cycle, a spectrum, a pattern); 0: the job as a whole.</param>
/// <param name="ResultJson">With the version of the method and everything that went in.</param>
public sealed record StoredResult(string Kind, int Item, string ResultJson);

/// <param name="Closed">Nothing will be added to it: it is to be published.</param>
public sealed record StoredCycle(int Cycle, bool Closed, string ResultJson);

/// <param name="Record">Sequence number at which it was seen.</param>
public sealed record StoredFinding(long Record, string FindingJson);

/// <summary>Where the analysis of one stream of one job stands.</summary>
public sealed record AnalysisCursor(JobId Job, string Stream, long Sequence, string StateJson, bool Ended);

/// <summary>Something whose message the broker has not acknowledged yet.</summary>
public abstract record UnpublishedItem(JobId Job, string ResultJson);

/// <summary>A closed cycle.</summary>
public sealed record UnpublishedCycle(JobId Job, string Stream, int Cycle, string ResultJson) : UnpublishedItem(Job, ResultJson);

public sealed record UnpublishedResult(JobId Job, string Kind, int Item, string ResultJson) : UnpublishedItem(Job, ResultJson);
