using System.Collections.ObjectModel;
using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
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
    /// <summary>Rows that the service holds of the instruments beside the cycler, by stream.</summary>
    public IReadOnlyDictionary<string, long> StreamsStored { get; init; } = ReadOnlyDictionary<string, long>.Empty;

    /// <summary>Version of the sample whose figures are in force; null from a service that does not tell it.</summary>
    public int? SampleVersion { get; init; }

    /// <summary>Of the electrode, as the sample has it now; null where nobody has told.</summary>
    public double? DiameterMillimetres { get; init; }

    public bool IsFinal => State.IsFinal();

    /// <summary>A completed program ends its last cycle; anything else may have cut it short.</summary>
    public DataEnd End => !IsFinal ? DataEnd.StillRunning : EndedAsProgrammed ? DataEnd.AsProgrammed : DataEnd.Early;

    public CyclingSettings Settings => new(SubmitBase.OneCAmperes, Leading, RecordIntervalSeconds);

    public CellFigures Figures => new(BaseInForce, Leading);

    /// <summary>Rows of this stream that the service holds; 0 where it does not say.</summary>
    public long StoredOf(string stream) => stream == Streams.Cycler ? Stored ?? 0 : StreamsStored.GetValueOrDefault(stream);

    private bool EndedAsProgrammed => State == JobState.Completed
        && (Verdict == JobVerdict.Complete.ToText() || Verdict == JobVerdict.CompleteWithGaps.ToText());
}
