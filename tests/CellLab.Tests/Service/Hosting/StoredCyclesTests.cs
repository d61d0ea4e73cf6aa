using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Service.Hosting;
using CellLab.Storage.Analysis;
using CellLab.Tests.Service.Rest;

namespace CellLab.Tests.Service.Hosting;

public sealed class StoredCyclesTests : IDisposable
{
    private const string Id = "abcdefgh2345";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(JobState.Running, false, 10)]
    [InlineData(JobState.Completed, false, 9)]
    [InlineData(JobState.Completed, true, 10)]
    public async Task The_last_row_of_a_job_that_is_over_is_analysed_when_its_last_results_are_there(JobState state, bool ended, long expected)
    {
        using AnalysisStore store = AnalysisStore.Open(_folder.Path);
        store.Write([new AnalysisWrite(new JobId(Id), Streams.MassSpectrometer, 10, "", ended, [], [])]);

        var cycles = new StoredCycles(new AnalysisReader(_folder.Path));

        Assert.Equal(expected, await cycles.CountAnalysedAsync(Stories.Job(Id, "lmno", state), Streams.MassSpectrometer, CancellationToken.None));
        Assert.Null(await cycles.CountAnalysedAsync(Stories.Job(Id, "lmno", state), Streams.Cycler, CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();
}
