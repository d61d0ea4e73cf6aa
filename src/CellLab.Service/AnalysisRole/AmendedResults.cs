using CellLab.Analysis.Cycling;
using CellLab.Analysis.Gitt;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Units;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>After a sample was amended: stored results per gram or by the length of the electrode are made anew from what is stored beside them, for ended jobs
/// too. Sums of cycles are stored raw and need nothing. One thread at a time.</summary>
internal sealed class AmendedResults(AnalysisStore store, ResultPublisher publisher, ILogger logger)
{
    private readonly Dictionary<JobId, (CRateBase Base, double AreaCm2, int? Version)> _known = [];

    /// <summary>The figures in force are not those of the last look; true at the first.</summary>
    public bool IsDue(JobFacts facts) => !_known.TryGetValue(facts.Job, out var known) || known != FiguresOf(facts);

    /// <summary>Stores and publishes what comes out otherwise.</summary>
    public void Apply(JobFacts facts)
    {
        _known[facts.Job] = FiguresOf(facts);
        if (store.ReadCursor(facts.Job, Streams.Cycler) is not { } cursor)
        {
            return; // nothing has been stored yet
        }

        List<StoredResult> changed = [.. Pulses(facts), .. Life(facts)];
        if (changed.Count > 0)
        {
            var write = new AnalysisWrite(facts.Job, Streams.Cycler, cursor.Sequence, cursor.StateJson, cursor.Ended, [], []) { Results = changed };
            store.Write([write]);
            publisher.Send(facts, write);
            Log.AmendedResults(logger, facts.Job.Value, changed.Count, facts.BaseInForce.ActiveMassMilligrams);
        }
    }

    private static (CRateBase Base, double AreaCm2, int? Version) FiguresOf(JobFacts facts) => (facts.BaseInForce, PaperCell.AreaOf(facts), facts.SampleVersion);

    private IEnumerable<StoredResult> Pulses(JobFacts facts)
    {
        GittInputs inputs = PaperCell.Gitt(facts);
        foreach (StoredResult stored in store.ReadResults(facts.Job, CycleAnalyses.Gitt))
        {
            GittPulseResult pulse = GittPulseResult.FromJson(stored.ResultJson);
            if (pulse.ActiveMassMg != inputs.ActiveMassMg || pulse.AreaCm2 != inputs.AreaCm2)
            {
                yield return stored with { ResultJson = pulse.With(inputs).ToJson() };
            }
        }
    }

    private IEnumerable<StoredResult> Life(JobFacts facts)
    {
        if (store.ReadResult(facts.Job, CycleAnalyses.Life, 0) is { } stored)
        {
            CellFigures figures = facts.Figures;
            string json = FadeTable.Of(store.ReadCycles(facts.Job, Streams.Cycler).Where(cycle => cycle.Closed)
                .Select(cycle => CyclingJson.ReadCycle(cycle.ResultJson).ToView(figures))).ToJson();
            if (json != stored.ResultJson)
            {
                yield return stored with { ResultJson = json };
            }
        }
    }
}
