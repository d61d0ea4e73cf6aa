namespace CellLab.Core.Cycles;

/// <summary>One quantity (Ah or Wh) of one step. The device's counter wins; what no counter value covers yet is the integral.
/// A counter is known by the step's first record; a record without a value is covered by the next one that has it.</summary>
public sealed class CounterTrack
{
    private const double SmallestFall = 1e-6;

    /// <summary>Whether the step's first record carried a counter value.</summary>
    public bool Counted { get; set; }

    public double Last { get; set; }

    public TwoWay Settled { get; set; }

    /// <summary>Integral since the last counter value; of the whole step without a counter.</summary>
    public TwoWay Pending { get; set; }

    /// <summary>The part of <see cref="Pending"/> that bridges a gap or a missing start or end.</summary>
    public double PendingEstimated { get; set; }

    /// <summary>Counter and integral over the same, gap-free intervals, for their comparison.</summary>
    public double CheckedCounter { get; set; }

    public double CheckedIntegral { get; set; }

    public TwoWay Value => Settled + Pending;

    public void Begin(double? counter, double integral, int direction)
    {
        Counted = counter is not null;
        Pending = Pending.Plus(integral);
        PendingEstimated += Math.Abs(integral);
        if (counter is { } start)
        {
            Last = 0; // a counter that starts above 0 counted before the first record
            Settle(start, start, direction, comparable: false);
        }
    }

    /// <summary>Adds one interval.</summary>
    /// <param name="estimated">The interval is a gap: the integral over it is an estimate and not fit for comparison.</param>
    /// <param name="direction">Sign of the current where the integral is zero.</param>
    /// <returns>Whether the counter fell, although the current did not turn: the machine began to count anew.</returns>
    public bool Add(double? counter, double integral, bool estimated, int direction)
    {
        Pending = Pending.Plus(integral);
        PendingEstimated += estimated ? Math.Abs(integral) : 0;
        if (!Counted || counter is not { } value)
        {
            return false;
        }

        double change = value - Last;
        if (change < 0 && -change <= SmallestFall * Math.Abs(Last))
        {
            return false; // the last digit of a counter that stands still
        }

        int flow = Pending.Net == 0 ? direction : Math.Sign(Pending.Net);
        bool turned = change < 0 && flow * Settled.Net < 0; // a counter that subtracts while the current is reversed
        bool fell = change < 0 && !turned;
        Settle(value, fell ? value : Math.Abs(change), flow, comparable: !fell && PendingEstimated == 0);
        return fell;
    }

    /// <summary>Adds what flowed between the last record and the known end of the step; a counter has no value for it.</summary>
    public void End(double integral)
    {
        if (!Counted)
        {
            Pending = Pending.Plus(integral);
            PendingEstimated += Math.Abs(integral);
        }
    }

    private void Settle(double counter, double moved, int direction, bool comparable)
    {
        if (comparable)
        {
            CheckedCounter += moved;
            CheckedIntegral += Pending.Total;
        }

        Last = counter;
        Settled = Settled.Plus(direction < 0 ? -moved : moved);
        Pending = default;
        PendingEstimated = 0;
    }
}
