using CellLab.Core.Devices;
using CellLab.Core.Records;

namespace CellLab.Engine.Hosted;

/// <summary>What a service-stepped test has brought and the journal does not hold yet. The service itself is the buffer: a parcel is given out again
/// until its token comes back as stored.</summary>
internal sealed class HostedDeliveries(string? storedToken, long turn)
{
    private readonly List<Parcel> _unstored = [];
    private readonly List<InstrumentRecord> _rows = [];
    private readonly List<StepTime> _steps = [];
    private readonly List<string> _notes = [];
    private string? _stored = storedToken;
    private long _turn = turn;
    private bool _touched = storedToken is null;

    public int Rows => _rows.Count + _unstored.Sum(parcel => parcel.Rows.Count);

    public void Add(InstrumentRecord row) => _rows.Add(row);

    public void Add(StepTime step) => _steps.Add(step);

    public void Note(string text)
    {
        _notes.Add(text);
        _touched = true;
    }

    /// <summary>The test's state has changed in a way that must be stored even without a row.</summary>
    public void Touch() => _touched = true;

    public bool Knows(string? token) => token == _stored || _unstored.Any(parcel => parcel.Token == token);

    /// <param name="tokenOf">The state as it is now, as a token with this number.</param>
    public FollowedReading Deliver(ChannelAddress channel, string? storedToken, FollowOutcome outcome, Func<long, string> tokenOf)
    {
        Forget(storedToken);
        if (_touched || _rows.Count > 0 || _steps.Count > 0)
        {
            _unstored.Add(new Parcel([.. _rows], [.. _steps], [.. _notes], tokenOf(++_turn)));
            _rows.Clear();
            _steps.Clear();
            _notes.Clear();
            _touched = false;
        }

        return new FollowedReading(
            channel,
            outcome,
            [.. _unstored.SelectMany(parcel => parcel.Rows)],
            [.. _unstored.SelectMany(parcel => parcel.Steps)],
            [.. _unstored.SelectMany(parcel => parcel.Notes)],
            _unstored.Count > 0 ? _unstored[^1].Token : _stored!,
            More: false);
    }

    private void Forget(string? token)
    {
        int stored = _unstored.FindIndex(parcel => parcel.Token == token);
        if (stored >= 0)
        {
            _unstored.RemoveRange(0, stored + 1);
            _stored = token;
        }
    }

    private sealed record Parcel(IReadOnlyList<InstrumentRecord> Rows, IReadOnlyList<StepTime> Steps, IReadOnlyList<string> Notes, string Token);
}
