using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Storage;
using CellLab.Storage.Archiving;
using CellLab.Storage.Maintenance;

namespace CellLab.Tests.Storage.Archiving;

[Trait("Suite", "Broad")]
public sealed class ArchiveTests : IDisposable
{
    private readonly Shelf _shelf = new();

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public async Task An_archived_job_is_listed_with_its_counts_and_its_rows_are_somewhere_else()
    {
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data);
        await Shelf.FillAsync(journal);

        JobArchive archive = await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);

        Assert.Equal(_shelf.Archive, archive.Folder);
        Assert.Equal(2, (await journal.ReadJobsAsync(CancellationToken.None)).Count);
        Assert.Equal(Shelf.Records, (await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, CancellationToken.None)).Count);
        Assert.Empty(await journal.ReadEventsAsync(Rows.JobA, 0, 10, CancellationToken.None));
        Assert.Equal(500, (await journal.ReadEventsAsync(Rows.JobB, 0, 9999, CancellationToken.None)).Count);
        JobArchivedException gone = await Assert.ThrowsAsync<JobArchivedException>(() => journal.ReadRecordsAsync(Rows.JobA, Streams.Cycler, 1, 10, CancellationToken.None));
        Assert.Contains(_shelf.Archive, gone.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JobArchivedException>(() => journal.ReadCompanionsAsync(Rows.JobA, Streams.Impedance, 1, 10, CancellationToken.None));
        await Assert.ThrowsAsync<JobArchivedException>(() => journal.Series.ReadRunsAsync(Rows.JobA, Streams.Cycler, 0, 1e9, CancellationToken.None));
        Assert.Single(await journal.ReadAuditAsync(0, 10, CancellationToken.None), entry => entry is { Who: "ada", Command: "job archive", Reason: "finished" });
    }

    [Fact]
    public async Task The_last_record_stays_so_that_the_cell_is_known_when_it_is_used_again()
    {
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data);
        await Shelf.FillAsync(journal);
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);

        RecordRow last = Assert.Single(await journal.ReadRecordsAsync(Rows.JobA, Streams.Cycler, Shelf.Records, 1, CancellationToken.None));

        Assert.Equal(Rows.Row(Rows.JobA, Shelf.Records), last);
    }

    [Fact]
    public async Task What_comes_back_is_the_same_to_the_last_byte()
    {
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data);
        await Shelf.FillAsync(journal);
        string before = await Shelf.DescribeAsync(journal);
        string file = Shelf.HashOfFile(_shelf.Data);
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);
        Assert.NotEqual(file, Shelf.HashOfFile(_shelf.Data));

        await journal.Archives.RestoreAsync(Rows.JobA, "bob", "look again", CancellationToken.None);

        Assert.Equal(before, await Shelf.DescribeAsync(journal));
        Assert.Equal(file, Shelf.HashOfFile(_shelf.Data));
        Assert.Null(journal.Archives.Find(Rows.JobA));
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None); // the earlier archive makes way
        await journal.Archives.RestoreAsync(Rows.JobA, "bob", "once more", CancellationToken.None);
        Assert.Equal(before, await Shelf.DescribeAsync(journal));
    }

    [Fact]
    public async Task The_archive_describes_itself_as_a_research_object_crate_and_lists_every_file_with_its_sum()
    {
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data);
        await Shelf.FillAsync(journal);
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);

        string[] files = [.. Directory.GetFiles(_shelf.Archive).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        using JsonDocument crate = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_shelf.Archive, "ro-crate-metadata.json")));
        JsonElement[] graph = [.. crate.RootElement.GetProperty("@graph").EnumerateArray()];
        JsonElement root = Assert.Single(graph, item => item.GetProperty("@id").GetString() == "./");

        Assert.Equal("CC-BY-4.0", root.GetProperty("license").GetString());
        string[] parts = [.. root.GetProperty("hasPart").EnumerateArray().Select(part => part.GetProperty("@id").GetString()!)];
        Assert.Equal(files.Except(["ro-crate-metadata.json"]), parts.Order(StringComparer.Ordinal));
        string[] known = [.. graph.Select(item => item.GetProperty("@id").GetString()!)];
        Assert.All(parts, part => Assert.Contains(part, known));
        Assert.Equal(files.Length - 1, (await File.ReadAllLinesAsync(Path.Combine(_shelf.Archive, "manifest-sha256.txt"))).Length);
    }

    /// <summary>RO-Crate 1.1, "Flattened JSON-LD": entities do not nest, they refer to one another by <c>@id</c>; what is not known is left out.</summary>
    [Fact]
    public async Task The_graph_of_the_crate_is_flat_its_references_resolve_and_nothing_is_null()
    {
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data);
        await Shelf.FillAsync(journal);
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);

        using JsonDocument crate = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_shelf.Archive, "ro-crate-metadata.json")));
        JsonElement[] graph = [.. crate.RootElement.GetProperty("@graph").EnumerateArray()];
        string[] known = [.. graph.Select(item => item.GetProperty("@id").GetString()!)];
        JsonElement[] values = [.. graph.SelectMany(item => item.EnumerateObject()).SelectMany(
            member => member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().ToArray() : [member.Value])];

        Assert.Equal(known.Distinct(), known);
        Assert.All(graph, item => Assert.False(string.IsNullOrEmpty(item.GetProperty("@type").GetString())));
        Assert.DoesNotContain(values, value => value.ValueKind is JsonValueKind.Null or JsonValueKind.Array);
        Assert.All(values.Where(value => value.ValueKind == JsonValueKind.Object), reference =>
        {
            Assert.Equal("@id", Assert.Single(reference.EnumerateObject()).Name);
            string id = reference.GetProperty("@id").GetString()!;
            Assert.True(id.StartsWith("https://", StringComparison.Ordinal) || known.Contains(id), $"{id} is no entity of the crate");
        });
    }

    [Fact]
    public async Task A_changed_or_missing_file_is_named_and_nothing_is_brought_back()
    {
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data);
        await Shelf.FillAsync(journal);
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);
        string rows = Path.Combine(_shelf.Archive, "records.db");
        byte[] good = await File.ReadAllBytesAsync(rows);
        await File.WriteAllBytesAsync(rows, [.. good[..^1], (byte)(good[^1] ^ 1)]);

        StorageException changed = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None));
        File.Delete(rows);
        StorageException missing = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None));

        Assert.Contains("has changed", changed.Message, StringComparison.Ordinal);
        Assert.Contains("is missing", missing.Message, StringComparison.Ordinal);
        Assert.NotNull(journal.Archives.Find(Rows.JobA));
        await File.WriteAllBytesAsync(rows, good);
        await journal.Archives.RestoreAsync(Rows.JobA, "bob", "put back", CancellationToken.None);
    }

    [Fact]
    public async Task Nothing_leaves_the_store_when_the_table_lacks_rows_or_the_job_goes_on_meanwhile()
    {
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data, step =>
        {
            if (step == ArchiveStep.Mark)
            {
                throw new IOException("no room");
            }
        });
        await Shelf.FillAsync(journal);
        string before = await Shelf.DescribeAsync(journal);
        ArchiveOrder shortTable = _shelf.Order() with { Files = [new("a.bdf.csv", (stream, cancellationToken) => stream.WriteAsync("x\ny\n"u8.ToArray(), cancellationToken).AsTask())] };

        StorageException lacks = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.ArchiveAsync(shortTable, CancellationToken.None));
        StorageException full = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None));

        Assert.Contains("1 records are in the table, 700 in the store", lacks.Message, StringComparison.Ordinal);
        Assert.Contains("no room", full.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Shelf.DescribeAsync(journal));
    }

    [Fact]
    public async Task A_job_that_is_taken_up_again_between_check_and_mark_stays()
    {
        Journal? open = null;
        await using Journal journal = open = await Shelf.OpenAsync(_shelf.Data, step =>
        {
            if (step == ArchiveStep.Mark)
            {
                open!.CommitAsync(new JournalWrite { Jobs = [Rows.Job(Rows.JobA, JobState.Queued)] }, CancellationToken.None).GetAwaiter().GetResult();
            }
        });
        await Shelf.FillAsync(journal);

        StorageException refused = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None));

        Assert.Contains("has changed while it was archived", refused.Message, StringComparison.Ordinal);
        Assert.Null(journal.Archives.Find(Rows.JobA));
    }

    [Fact]
    public async Task An_archived_job_cannot_be_taken_up_again()
    {
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data);
        await Shelf.FillAsync(journal);
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);

        await Assert.ThrowsAsync<JobArchivedException>(() => journal.CommitAsync(new JournalWrite { Jobs = [Rows.Job(Rows.JobA, JobState.Queued)] }, CancellationToken.None));

        Assert.Equal(JobState.Completed, (await journal.ReadJobAsync(Rows.JobA, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Rows_that_the_broker_has_not_acknowledged_keep_the_job_in_the_store()
    {
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data);
        await journal.CommitAsync(new JournalWrite { Records = Rows.Of(Rows.JobA, 1, 30), Jobs = [Rows.Job(Rows.JobA, JobState.Completed)] }, CancellationToken.None);

        StorageException refused = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None));

        Assert.Contains("30 rows wait", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_backup_runs_while_rows_leave()
    {
        StorageException? backup = null;
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data, step => backup ??= Assert.Throws<StorageException>(() => DataBackup.Run(_shelf.Data.Path, Path.Combine(_shelf.Root, "copy"))));
        await Shelf.FillAsync(journal);

        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);

        Assert.Contains("being archived", backup!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_events_go_on_rising_when_the_newest_ones_have_left()
    {
        long before;
        await using (Journal journal = await Shelf.OpenAsync(_shelf.Data))
        {
            await Shelf.FillAsync(journal);
            before = (await journal.ReadEventsAsync(null, 0, 9999, CancellationToken.None))[^1].Number;
            await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);
        }

        await using Journal again = await Shelf.OpenAsync(_shelf.Data);
        await again.CommitAsync(new JournalWrite { Events = [new(0, Rows.Start, Rows.Start, null, null, "note", "new", null)] }, CancellationToken.None);
        Assert.True((await again.ReadEventsAsync(null, 0, 9999, CancellationToken.None))[^1].Number > before);
        await again.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None);
        Assert.Equal(1000, (await again.ReadEventsAsync(Rows.JobA, 0, 9999, CancellationToken.None)).Count);
    }
}
