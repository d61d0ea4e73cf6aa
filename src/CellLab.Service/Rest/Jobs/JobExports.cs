using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Service.Hosting;
using CellLab.Storage.Export;

namespace CellLab.Service.Rest.Jobs;

/// <summary>A job's data as files: for downloads and for archives.</summary>
internal sealed class JobExports(IJournal journal, ICycleSource cycles, NodeInfo node, Clocks clocks, IExperimentDesk desk)
{
    public ExportContext Context => new(
        node.Site,
        NodeInfo.Version,
        NodeInfo.Commit,
        new ExportClock(clocks.Lab.Speed, null, null),
        [.. desk.Devices.Select(device => new ExportDevice(device.Id, device.Driver, device.Simulated, device.Identity))]);

    public Task<IReadOnlyList<ExportFile>> BdfAsync(Job job, CancellationToken cancellationToken) => new BdfCsvExport(journal, Context).PrepareAsync(job, cancellationToken);

    public Task<ExportFile> IxdatAsync(Job job, CancellationToken cancellationToken) => new IxdatCsvExport(journal, Context).PrepareAsync(job, cancellationToken);

    public async Task<ExportFile> CyclesAsync(Job job, CancellationToken cancellationToken)
    {
        IReadOnlyList<CycleView> found = await CycleReading.ReadAsync(job, journal, cycles, cancellationToken);
        IReadOnlyList<Segment> segments = await journal.ReadSegmentsAsync(job.Id, cancellationToken);
        return CyclesCsvExport.Prepare(Context, job, segments, CycleTable.Of(found));
    }
}
