using CellLab.Core.Storage;
using CellLab.Storage;
using CellLab.Storage.Archiving;

namespace CellLab.Tests.Storage.Archiving;

/// <summary>Archives and a disk without room, and lists of files that were cut off.</summary>
[Trait("Suite", "Broad")]
public sealed class ArchiveTroubleTests : IDisposable
{
    private readonly Shelf _shelf = new();
    private ArchiveStep? _fullAt;
    private long _free = long.MaxValue;

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public async Task A_return_that_finds_the_disk_full_gives_back_the_room_that_it_took_and_can_be_done_again()
    {
        await using Journal journal = await OpenAsync();
        await Shelf.FillAsync(journal);
        string before = await Shelf.DescribeAsync(journal);
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);
        string stub = Shelf.HashOfFile(_shelf.Data);
        foreach (ArchiveStep step in new[] { ArchiveStep.PutFile, ArchiveStep.PutRows, ArchiveStep.Unmark })
        {
            _fullAt = step;

            StorageException full = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None));

            _fullAt = null;
            Assert.Contains("No space left", full.Message, StringComparison.Ordinal);
            Assert.Contains("still archived", full.Message, StringComparison.Ordinal);
            Assert.Equal(stub, Shelf.HashOfFile(_shelf.Data));
            Assert.Empty(await journal.ReadEventsAsync(Rows.JobA, 0, 10, CancellationToken.None));
        }

        await journal.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None);
        Assert.Equal(before, await Shelf.DescribeAsync(journal));
    }

    [Fact]
    public async Task A_disk_that_is_full_when_rows_leave_is_told_as_such_and_the_next_start_ends_it()
    {
        await using (Journal journal = await OpenAsync())
        {
            await Shelf.FillAsync(journal);
            _fullAt = ArchiveStep.Forget;

            StorageException full = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None));

            Assert.Contains($"is archived in {_shelf.Archive}", full.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("whole in the store", full.Message, StringComparison.Ordinal);
            Assert.NotNull(journal.Archives.Find(Rows.JobA));
        }

        _fullAt = null;
        await using Journal again = await OpenAsync();
        Assert.Empty(await again.ReadEventsAsync(Rows.JobA, 0, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Without_room_for_it_and_a_reserve_nothing_is_begun()
    {
        await using Journal journal = await OpenAsync();
        await Shelf.FillAsync(journal);
        _free = 60_000_000;

        StorageException archive = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None));
        Assert.Empty(Directory.GetFileSystemEntries(_shelf.Root));
        _free = long.MaxValue;
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);
        _free = 60_000_000;
        StorageException restore = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None));

        Assert.Contains("60.0 MB are free", archive.Message, StringComparison.Ordinal);
        Assert.Contains("60.0 MB are free", restore.Message, StringComparison.Ordinal);
        Assert.Contains(_shelf.Data.Path, restore.Message, StringComparison.Ordinal);
        Assert.NotNull(journal.Archives.Find(Rows.JobA));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_list_that_was_cut_off_brings_nothing_back_and_says_so(int lines)
    {
        await using Journal journal = await OpenAsync();
        await Shelf.FillAsync(journal);
        string before = await Shelf.DescribeAsync(journal);
        await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);
        string manifest = Path.Combine(_shelf.Archive, "manifest-sha256.txt");
        string[] all = await File.ReadAllLinesAsync(manifest);
        await File.WriteAllLinesAsync(manifest, lines < 0 ? all[..^1] : all[..lines]);
        File.Move(Path.Combine(_shelf.Archive, "records.db"), Path.Combine(_shelf.Root, "kept.db"));

        StorageException cut = await Assert.ThrowsAsync<StorageException>(() => journal.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None));

        Assert.Contains(manifest, cut.Message, StringComparison.Ordinal);
        await File.WriteAllLinesAsync(manifest, all);
        File.Move(Path.Combine(_shelf.Root, "kept.db"), Path.Combine(_shelf.Archive, "records.db"));
        await journal.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None);
        Assert.Equal(before, await Shelf.DescribeAsync(journal));
    }

    private Task<Journal> OpenAsync() => Shelf.OpenAsync(
        _shelf.Data,
        step =>
        {
            if (step == _fullAt)
            {
                throw new IOException("No space left on device");
            }
        },
        _ => _free);
}
