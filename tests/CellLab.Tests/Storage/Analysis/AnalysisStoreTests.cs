using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Storage.Analysis;

namespace CellLab.Tests.Storage.Analysis;

public sealed class AnalysisStoreTests : IDisposable
{
    private static readonly JobId Job = new("aaaaaaaaaaaa");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Without_a_file_everything_is_empty()
    {
        var reader = new AnalysisReader(_folder.Path);

        Assert.Empty(reader.ReadCycles(Job, Streams.Cycler));
        Assert.Empty(reader.ReadFindings(Job, Streams.Cycler, 10));
        Assert.Null(reader.CountAnalysed(Job, Streams.Cycler));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Cursor_cycles_and_findings_come_back_while_the_writer_is_open()
    {
        using AnalysisStore store = AnalysisStore.Open(_folder.Path);
        store.Write([Write(10, [new StoredCycle(1, true, "one"), new StoredCycle(2, false, "two")], [new StoredFinding(4, "odd")])]);

        var reader = new AnalysisReader(_folder.Path);
        Assert.Equal(10, reader.CountAnalysed(Job, Streams.Cycler));
        Assert.Equal([new StoredCycle(1, true, "one"), new StoredCycle(2, false, "two")], reader.ReadCycles(Job, Streams.Cycler));
        Assert.Equal([new StoredFinding(4, "odd")], reader.ReadFindings(Job, Streams.Cycler, 10));
        Assert.Equal(new AnalysisCursor(Job, Streams.Cycler, 10, "state", false), store.ReadCursor(Job, Streams.Cycler));
    }

    [Fact]
    public void A_closed_cycle_stays_unpublished_until_that_very_result_is_marked()
    {
        using AnalysisStore store = AnalysisStore.Open(_folder.Path);
        store.Write([Write(10, [new StoredCycle(1, true, "one"), new StoredCycle(2, false, "two")])]);
        UnpublishedItem first = Assert.Single(store.ReadUnpublished());

        store.Write([Write(11, [new StoredCycle(1, true, "changed")])]);
        store.MarkPublished([first]);
        Assert.Equal("changed", Assert.Single(store.ReadUnpublished()).ResultJson);

        store.MarkPublished([first with { ResultJson = "changed" }]);
        Assert.Empty(store.ReadUnpublished());
        store.Write([Write(12, [new StoredCycle(1, true, "changed")])]);
        Assert.Empty(store.ReadUnpublished());
    }

    [Fact]
    public void Clearing_forgets_the_one_stream_only()
    {
        var other = new JobId("bbbbbbbbbbbb");
        using AnalysisStore store = AnalysisStore.Open(_folder.Path);
        store.Write([Write(10, [new StoredCycle(1, true, "one")]), Write(5, [new StoredCycle(1, true, "one")]) with { Job = other }]);

        store.Clear(Job, Streams.Cycler);

        Assert.Null(store.ReadCursor(Job, Streams.Cycler));
        Assert.Equal(other, Assert.Single(store.ReadUnpublished()).Job);
    }

    [Fact]
    public void A_second_writer_is_refused_with_the_folder_named()
    {
        using AnalysisStore store = AnalysisStore.Open(_folder.Path);

        StorageException error = Assert.Throws<StorageException>(() => AnalysisStore.Open(_folder.Path));

        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "analysis.db"), "this is no database, and it is long enough to be read as one header");

        StorageException error = Assert.Throws<StorageException>(() => AnalysisStore.Open(_folder.Path));

        Assert.Contains("analysis.db", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static AnalysisWrite Write(long sequence, IReadOnlyList<StoredCycle> cycles, params IReadOnlyList<StoredFinding> findings) =>
        new(Job, Streams.Cycler, sequence, "state", false, cycles, findings);
}
