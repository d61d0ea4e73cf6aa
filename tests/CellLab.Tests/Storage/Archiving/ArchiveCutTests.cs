using CellLab.Core.Storage;
using CellLab.Storage;
using CellLab.Storage.Archiving;

namespace CellLab.Tests.Storage.Archiving;

/// <summary>The data folder as a kill leaves it before each step: the job is in the store as a whole, or it is archived and its archive is complete.</summary>
[Trait("Suite", "Broad")]
public sealed class ArchiveCutTests : IDisposable
{
    private readonly Shelf _shelf = new();
    private TemporaryFolder? _left;
    private string _cutBefore = "";

    public void Dispose()
    {
        _left?.Dispose();
        _shelf.Dispose();
    }

    [Theory]
    [InlineData(nameof(ArchiveStep.Write), false)]
    [InlineData(nameof(ArchiveStep.Verify), false)]
    [InlineData(nameof(ArchiveStep.Name), false)]
    [InlineData(nameof(ArchiveStep.Mark), false)]
    [InlineData(nameof(ArchiveStep.Strip), true)]
    [InlineData(nameof(ArchiveStep.Forget), true)]
    [InlineData(nameof(ArchiveStep.Settle), true)]
    public async Task Killed_while_archiving(string step, bool archived)
    {
        string before = await ArchiveAsync(cutBefore: step);
        string unfinished = Path.Combine(_shelf.Root, $".{Rows.JobA}.part");
        if (step is nameof(ArchiveStep.Verify) or nameof(ArchiveStep.Name))
        {
            Directory.CreateDirectory(unfinished); // as a kill leaves it
            await File.WriteAllTextAsync(Path.Combine(unfinished, "records.db"), "half");
        }

        await using Journal again = await Shelf.OpenAsync(_left!);
        Assert.Equal(archived, again.Archives.Find(Rows.JobA) is not null);
        if (archived)
        {
            Assert.Empty(await again.ReadEventsAsync(Rows.JobA, 0, 10, CancellationToken.None)); // the new start has ended what was begun
            await Assert.ThrowsAsync<JobArchivedException>(() => Shelf.DescribeAsync(again));
        }
        else
        {
            Assert.Equal(before, await Shelf.DescribeAsync(again));
            await again.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);
            Assert.False(Directory.Exists(unfinished));
        }

        await again.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None);
        Assert.Equal(before, await Shelf.DescribeAsync(again));
    }

    [Theory]
    [InlineData(nameof(ArchiveStep.PutFile))]
    [InlineData(nameof(ArchiveStep.PutRows))]
    [InlineData(nameof(ArchiveStep.Unmark))]
    public async Task Killed_while_bringing_back(string step)
    {
        string before = await ArchiveAsync(cutBefore: "");
        await using (Journal journal = await Shelf.OpenAsync(_shelf.Data, Cut))
        {
            _cutBefore = step;
            await Assert.ThrowsAsync<StorageException>(() => journal.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None));
        }

        await using Journal again = await Shelf.OpenAsync(_left!);
        Assert.NotNull(again.Archives.Find(Rows.JobA));
        Assert.Empty(await again.ReadEventsAsync(Rows.JobA, 0, 10, CancellationToken.None));
        await Assert.ThrowsAsync<JobArchivedException>(() => Shelf.DescribeAsync(again));
        await again.Archives.RestoreAsync(Rows.JobA, "bob", "x", CancellationToken.None);
        Assert.Equal(before, await Shelf.DescribeAsync(again));
    }

    /// <returns>What was known of the job before.</returns>
    private async Task<string> ArchiveAsync(string cutBefore)
    {
        _cutBefore = cutBefore;
        await using Journal journal = await Shelf.OpenAsync(_shelf.Data, Cut);
        await Shelf.FillAsync(journal);
        string before = await Shelf.DescribeAsync(journal);
        if (cutBefore.Length == 0)
        {
            await journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None);
        }
        else
        {
            await Assert.ThrowsAsync<StorageException>(() => journal.Archives.ArchiveAsync(_shelf.Order(), CancellationToken.None));
        }

        return before;
    }

    private void Cut(ArchiveStep step)
    {
        if (step.ToString() == _cutBefore)
        {
            _left = _shelf.Data.CopyAsAfterKill();
            throw new IOException("killed");
        }
    }
}
