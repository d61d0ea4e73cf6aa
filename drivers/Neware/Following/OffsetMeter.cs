using System.Globalization;

namespace CellLab.Drivers.Neware.Following;

/// <summary>Measures how far the BTS PC's clock is from ours: at an inquire the test's start by our clock is the middle of the request less the
/// total time told. A stale answer can only make it later, so the earliest of the last 20 counts.</summary>
internal sealed class OffsetMeter
{
    private const int Kept = 20;
    private const int Enough = 5;
    private const double RoundingSeconds = 1;

    private readonly Queue<(DateTimeOffset Start, double UncertaintySeconds)> _starts = new();

    public void Add(DateTimeOffset middleUtc, TimeSpan roundTrip, double totalSeconds)
    {
        _starts.Enqueue((middleUtc - TimeSpan.FromSeconds(totalSeconds), (roundTrip.TotalSeconds / 2) + RoundingSeconds));
        while (_starts.Count > Kept)
        {
            _starts.Dequeue();
        }
    }

    public void Clear() => _starts.Clear();

    /// <summary>Applies a first offset that stands out of its uncertainty; a later one only when it has changed clearly. Each with a note.</summary>
    public void Apply(FollowState state, List<string> notes)
    {
        if (_starts.Count < Enough || state.Paused || state.StartByPcUtc is not { } startByPc)
        {
            return;
        }

        (DateTimeOffset start, double uncertainty) = _starts.MinBy(s => s.Start);
        double offset = (startByPc - start).TotalSeconds;
        if (state.OffsetSeconds is null)
        {
            Take(state, Math.Abs(offset) > uncertainty ? offset : 0, uncertainty, notes);
        }
        else if (Math.Abs(offset - state.OffsetSeconds.Value) > Math.Max(2, 3 * uncertainty))
        {
            Take(state, offset, uncertainty, notes);
        }
    }

    private static void Take(FollowState state, double offset, double uncertainty, List<string> notes)
    {
        state.OffsetSeconds = offset;
        notes.Add(offset == 0 ? Agrees(uncertainty) : string.Create(
            CultureInfo.InvariantCulture,
            $"The BTS PC's clock is {offset:0.0} s ahead of ours (measured, +-{uncertainty:0.0} s); record times are corrected by that from here on."));
    }

    private static string Agrees(double uncertainty) => string.Create(
        CultureInfo.InvariantCulture, $"The BTS PC's clock agrees with ours within {uncertainty:0.0} s; record times are taken as they are.");
}
