using CellLab.Core.Events;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using NSubstitute;

namespace CellLab.Tests.Messaging.Publishing;

/// <summary>The part of a journal that publishers see, in memory.</summary>
internal sealed class TestJournal
{
    private readonly Lock _gate = new();
    private readonly List<RecordRow> _rows = [];
    private readonly List<JobEvent> _events = [];
    private readonly List<CompanionRow> _companions = [];
    private readonly Dictionary<string, long> _cursors = [];

    public TestJournal()
    {
        Seen = Substitute.For<IJournal>();
        Seen.LastPosition.Returns(_ => Locked(() => (long)_rows.Count));
        Seen.ReadCursorAsync(default!, default).ReturnsForAnyArgs(call => Task.FromResult(Cursor(call.ArgAt<string>(0))));
        Seen.WriteCursorAsync(default!, default, default).ReturnsForAnyArgs(call =>
        {
            Locked(() => _cursors[call.ArgAt<string>(0)] = call.ArgAt<long>(1));
            return Task.CompletedTask;
        });
        Seen.ReadTailAsync(default, default, default).ReturnsForAnyArgs(call =>
        {
            ReadBack++;
            return Task.FromResult(Tail(call.ArgAt<long>(0), call.ArgAt<int>(1)));
        });
        Seen.ReadCompanionTailAsync(default, default, default).ReturnsForAnyArgs(
            call => Task.FromResult(Companions(call.ArgAt<long>(0), call.ArgAt<int>(1))));
        Seen.ReadEventsAsync(default, default, default, default).ReturnsForAnyArgs(call => Task.FromResult(Events(call.ArgAt<long>(1), call.ArgAt<int>(2))));
    }

    public IJournal Seen { get; }

    /// <summary>How often the tail was read.</summary>
    public int ReadBack { get; private set; }

    public long Cursor(string name) => Locked(() => _cursors.GetValueOrDefault(name));

    /// <summary>Commits and tells, or only commits (as before a restart).</summary>
    public void Commit(IReadOnlyList<RecordRow> rows, bool tell = true)
    {
        long first = Locked(() =>
        {
            _rows.AddRange(rows);
            return _rows.Count - rows.Count + 1L;
        });
        if (tell)
        {
            Seen.RowsCommitted += Raise.Event<Action<CommittedRows>>(new CommittedRows(first, rows));
        }
    }

    public void Commit(params JobEvent[] events)
    {
        Locked(() =>
        {
            _events.AddRange(events);
            return 0;
        });
        Seen.EventsCommitted += Raise.Event<Action<IReadOnlyList<JobEvent>>>((object)events);
    }

    public void Commit(params CompanionRow[] rows)
    {
        Locked(() =>
        {
            _companions.AddRange(rows);
            return 0;
        });
        Seen.CompanionsCommitted += Raise.Event<Action<IReadOnlyList<CompanionRow>>>((object)rows);
    }

    private IReadOnlyList<PositionedCompanion> Companions(long after, int most) => Locked<IReadOnlyList<PositionedCompanion>>(
        () => [.. _companions.Skip((int)after).Take(most).Select((row, i) => new PositionedCompanion(after + i + 1, row))]);

    private IReadOnlyList<PositionedRow> Tail(long after, int most) => Locked<IReadOnlyList<PositionedRow>>(
        () => [.. _rows.Skip((int)after).Take(most).Select((row, i) => new PositionedRow(after + i + 1, row))]);

    private IReadOnlyList<JobEvent> Events(long after, int most) =>
        Locked<IReadOnlyList<JobEvent>>(() => [.. _events.Where(happened => happened.Number > after).Take(most)]);

    private T Locked<T>(Func<T> act)
    {
        lock (_gate)
        {
            return act();
        }
    }
}
