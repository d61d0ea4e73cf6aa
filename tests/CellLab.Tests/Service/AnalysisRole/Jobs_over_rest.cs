using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Units;
using CellLab.Service.AnalysisRole;
using CellLab.Storage.Analysis;
using CellLab.Tests.Service.Rest;
using CellLab.Tests.Storage;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>The analysis reads what the service really answers.</summary>
public sealed class Jobs_over_rest
{
    [Fact]
    public async Task Job_and_records_come_as_they_are_in_the_journal()
    {
        RecordRow[] rows = JobRows.OfCycles(1);
        await using RestBench bench = await RestBench.StartAsync();
        await bench.Journal.CommitAsync(
            new JournalWrite { Jobs = [Job(JobState.Running)], Samples = [Sample()], Records = rows }, CancellationToken.None);
        RestJobSource source = Source(bench);

        JobFacts facts = await source.ReadJobAsync(FakeService.Job, CancellationToken.None);
        IReadOnlyList<JobFacts> listed = await source.ReadJobsAsync(all: true, CancellationToken.None);
        IReadOnlyList<RecordRow> page = await source.ReadRecordsAsync(FakeService.Job, Streams.Cycler, 3, 10, CancellationToken.None);
        IReadOnlyList<RecordRow> behind = await source.ReadRecordsAsync(FakeService.Job, Streams.Cycler, 1000, 10, CancellationToken.None);

        Assert.Equal(facts, Assert.Single(listed));
        Assert.Equal(rows.Length, facts.Stored);
        Assert.Equal(JobState.Running, facts.State);
        Assert.Equal(new CRateBase(250, 2), facts.SubmitBase);
        Assert.Equal(new CRateBase(250, 1.9), facts.BaseInForce);
        Assert.Equal(LeadingDirection.Discharge, facts.Leading);
        Assert.Equal(30, facts.RecordIntervalSeconds);
        Assert.Equal(rows[2..12], page);
        Assert.Empty(behind);
    }

    [Fact]
    public async Task A_completed_job_is_analysed_without_any_message()
    {
        RecordRow[] rows = JobRows.OfCycles(3);
        await using RestBench bench = await RestBench.StartAsync();
        await bench.Journal.CommitAsync(
            new JournalWrite { Jobs = [Job(JobState.Completed) with { Verdict = JobVerdict.Complete }], Records = rows }, CancellationToken.None);
        using var folder = new TemporaryFolder();
        var options = new AnalysisRoleOptions { Site = "lab", ServiceUrl = bench.Http.BaseAddress!, DataFolder = folder.Path, PageRows = 40 };
        using var role = new AnalysisRoleService(
            Source(bench), new FakeBroker(), options, Clocks.RealTime, NullLogger<AnalysisRoleService>.Instance);

        await role.StartAsync(CancellationToken.None);
        var reader = new AnalysisReader(folder.Path);
        await Eventually.TrueAsync(() => reader.ReadCycles(FakeService.Job, Streams.Cycler) is [_, _, { Closed: true }], "three cycles");
        await role.StopAsync(CancellationToken.None);

        var settings = new CyclingSettings(0.5e-3, LeadingDirection.Charge, 30);
        Assert.Equal(
            CyclingBatch.Run(rows.Select(CyclingRecord.From), settings, DataEnd.AsProgrammed).Cycles,
            reader.ReadCycles(FakeService.Job, Streams.Cycler).Select(cycle => CyclingJson.ReadCycle(cycle.ResultJson)));
    }

    [Fact]
    public async Task A_refusal_names_the_address_and_the_answer()
    {
        await using RestBench bench = await RestBench.StartAsync();

        JobSourceException error = await Assert.ThrowsAsync<JobSourceException>(
            () => Source(bench).ReadJobAsync(new JobId("zzzzzzzzzzzz"), CancellationToken.None));

        Assert.Contains("/api/v1/jobs/zzzzzzzzzzzz: the service answers 404", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_of_another_site_is_refused_with_both_names()
    {
        await using RestBench bench = await RestBench.StartAsync();

        JobSourceException error = await Assert.ThrowsAsync<JobSourceException>(
            () => Source(bench, "other").ReadJobsAsync(all: false, CancellationToken.None));

        Assert.Contains("site 'lab1', this analysis belongs to site 'other'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_told_as_such()
    {
        using var client = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1") };
        var source = new RestJobSource(client, "lab", TimeSpan.FromSeconds(10), TimeProvider.System);

        await Assert.ThrowsAsync<JobSourceException>(() => source.ReadJobsAsync(all: false, CancellationToken.None));
    }

    private static RestJobSource Source(RestBench bench) => Source(bench, "lab1");

    private static RestJobSource Source(RestBench bench, string site) => new(bench.Http, site, TimeSpan.FromSeconds(30), TimeProvider.System);

    private static Job Job(JobState state) => Rows.Job(FakeService.Job, state);

    private static Sample Sample() => new()
    {
        Name = "lmno-7",
        Version = 3,
        ActiveMassMilligrams = 1.9,
        NominalCapacityMilliampereHoursPerGram = 250,
        Leading = LeadingDirection.Discharge,
        Reason = "weighed again",
    };
}
