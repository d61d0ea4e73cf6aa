using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Units;

namespace CellLab.Service.Rest.Jobs;

/// <summary>The cycles of a job with the sample's figures in force.</summary>
internal static class CycleReading
{
    public static async Task<IReadOnlyList<CycleView>> ReadAsync(Job job, IJournal journal, ICycleSource source, CancellationToken cancellationToken)
    {
        IReadOnlyList<Sample> versions = await journal.ReadSamplesAsync(job.Sample, cancellationToken);
        SampleFigures sample = JobPresenter.Figures(job, versions);
        var figures = new CellFigures(
            new CRateBase(sample.NominalCapacityMahG, sample.ActiveMassMg), versions.Count > 0 ? versions[0].Leading : LeadingDirection.Charge);
        IReadOnlyList<CycleResult> cycles = await source.ReadCyclesAsync(job.Id, cancellationToken);
        return [.. cycles.Select(cycle => cycle.ToView(figures))];
    }
}
