using CellLab.Core.Records;
using CellLab.Service.AnalysisRole.Companions.Gas;

namespace CellLab.Service.AnalysisRole.Companions;

/// <summary>One kind of analysis over the rows of an instrument beside the cycler.</summary>
/// <param name="Method">Version of its arithmetic; with another one everything is computed again.</param>
/// <param name="Streams">The streams it reads. It begins when the first of them has a row; no other analysis may have the same first one.
/// <see cref="Streams.Cycler"/> may be among the others.</param>
internal sealed record CompanionAnalysis(string Method, IReadOnlyList<string> Streams, Func<JobFacts, CompanionAnalyst> Begin)
{
    public string Lead => Streams[0];

    /// <summary>The figures of the sample that its results depend on; null where they do not. With others everything is computed again.</summary>
    public Func<JobFacts, string>? Inputs { get; init; }

    /// <summary>What its results of a job were made with.</summary>
    public string StateOf(JobFacts facts) => Inputs is { } of ? $"{Method}, {of(facts)}" : Method;
}

/// <summary>The one table of them: a new analysis is a class of its own and a line here.</summary>
internal static class CompanionAnalyses
{
    public static IReadOnlyList<CompanionAnalysis> All { get; } = [EisAnalyst.Analysis, GasAnalyst.Analysis, XrdAnalyst.Analysis];
}
