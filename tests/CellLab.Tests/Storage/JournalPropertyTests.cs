using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Storage;

[Trait("Suite", "Broad")]
public sealed class JournalPropertyTests
{
    private static readonly JournalOptions Small =
        new() { BackgroundMover = false, MoveRows = 8, TrimRows = 5, CheckpointRows = 40, MoveLagPositions = 60, MostMovedAtOnce = 11 };

    [Fact]
    public void Any_order_of_commits_moves_publishing_restarts_and_kills_keeps_every_row_exactly_once_in_order() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(15).WithEndSize(40),
            Prop.ForAll(Gen.Choose(0, 999).ArrayOf().ToArbitrary(), actions => Play(actions).GetAwaiter().GetResult()));

    private static async Task<bool> Play(int[] actions)
    {
        await using var world = new World();
        await world.OpenAsync();
        foreach (int action in actions)
        {
            await world.DoAsync(action % 10, action / 10);
        }

        await world.CheckAsync();
        return true;
    }

    private sealed class World : IAsyncDisposable
    {
        private readonly long[] _stored = [0, 0];
        private readonly List<RecordRow> _told = [];
        private TemporaryFolder _folder = new();
        private Journal? _journal;
        private long _published;

        public async Task OpenAsync() => _journal = await Journal.OpenAsync(
            _folder.Path, Clocks.RealTime, NullLoggerFactory.Instance, Small, CancellationToken.None);

        public Task DoAsync(int kind, int size) => kind switch
        {
            <= 4 => CommitAsync(size % 2, 1 + (size % 13)),
            <= 6 => Task.FromResult(_journal!.Parts.Mover.RunOnce(everything: kind == 6)),
            7 => PublishAsync(size),
            8 => RestartAsync(),
            _ => KillAsync(),
        };

        public async Task CheckAsync()
        {
            foreach (int which in (int[])[0, 1])
            {
                IReadOnlyList<RecordRow> rows = await _journal!.ReadRecordsAsync(Job(which), Streams.Cycler, 1, int.MaxValue, CancellationToken.None);
                Assert.Equal(Rows.Of(Job(which), 1, (int)_stored[which]), rows);
            }

            IReadOnlyList<PositionedRow> unpublished = await _journal!.ReadTailAsync(_published, int.MaxValue, CancellationToken.None);
            Assert.Equal(_told.Skip((int)_published), unpublished.Select(row => row.Row));
            Assert.Equal(_told.Count, _journal!.LastPosition);
        }

        public async ValueTask DisposeAsync()
        {
            await _journal!.DisposeAsync();
            _folder.Dispose();
        }

        private static JobId Job(int which) => which == 0 ? Rows.JobA : Rows.JobB;

        private async Task CommitAsync(int which, int count)
        {
            RecordRow[] rows = Rows.Of(Job(which), _stored[which] + 1, count);
            await _journal!.CommitAsync(new JournalWrite { Records = rows }, CancellationToken.None);
            _stored[which] += count;
            _told.AddRange(rows);
        }

        private async Task PublishAsync(int size)
        {
            _published = Math.Min(_told.Count, _published + (size / 4));
            await _journal!.WriteCursorAsync(JournalCursors.Publisher, _published, CancellationToken.None);
        }

        private async Task RestartAsync()
        {
            await _journal!.DisposeAsync();
            await OpenAsync();
            await CheckAsync();
        }

        private async Task KillAsync()
        {
            TemporaryFolder left = _folder.CopyAsAfterKill();
            await DisposeAsync();
            _folder = left;
            await OpenAsync();
            await CheckAsync();
        }
    }
}
