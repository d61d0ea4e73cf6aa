using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;
using CellLab.Core.Units;

namespace CellLab.Service.AnalysisRole;

/// <summary>What the analysis has to know of a job.</summary>
/// <param name="SubmitBase">Decides which steps qualify; never changes.</param>
/// <param name="BaseInForce">Turns raw figures into values per gram; an amendment of the sample changes it.</param>
/// <param name="Stored">Rows of the stream that the service holds, where the listing says so.</param>
internal sealed record JobFacts(
    JobId Job,
    JobState State,
    string? Verdict,
    CRateBase SubmitBase,
    CRateBase BaseInForce,
    LeadingDirection Leading,
    double RecordIntervalSeconds,
    long? Stored)
{
    public bool IsFinal => State.IsFinal();

    /// <summary>A completed program ends its last cycle; anything else may have cut it short.</summary>
    public DataEnd End => !IsFinal ? DataEnd.StillRunning : EndedAsProgrammed ? DataEnd.AsProgrammed : DataEnd.Early;

    public CyclingSettings Settings => new(SubmitBase.OneCAmperes, Leading, RecordIntervalSeconds);

    public CellFigures Figures => new(BaseInForce, Leading);

    private bool EndedAsProgrammed => State == JobState.Completed
        && (Verdict == JobVerdict.Complete.ToText() || Verdict == JobVerdict.CompleteWithGaps.ToText());
}
