using CellLab.Core.Devices;

namespace CellLab.Drivers.PrismaPro.Measuring;

/// <summary>A plan under way: what one scan holds, and when each of its points was taken. The instrument gives no times with its values, only
/// the number of the scan that runs; so scans lie on a grid that is moved whenever a poll contradicts it.</summary>
internal sealed class PrismaRun
{
    private readonly TimeSpan _dwell;
    private readonly TimeSpan _period;
    private DateTimeOffset _anchor;
    private long _anchorScan;

    /// <param name="firstScan">Number of the scan that began at <paramref name="startedAt"/>.</param>
    public PrismaRun(IonPlan plan, double dwellSeconds, long firstScan, DateTimeOffset startedAt)
    {
        Plan = plan;
        Masses = MassesOf(plan);
        DwellSeconds = dwellSeconds;
        _dwell = TimeSpan.FromSeconds(dwellSeconds);
        TimeSpan lasts = _dwell * Masses.Count;
        _period = plan.Interval > lasts ? plan.Interval : lasts;
        _anchor = startedAt;
        _anchorScan = firstScan;
        FirstScan = firstScan;
        Next = firstScan;
    }

    public IonPlan Plan { get; }

    /// <summary>In the order of a scan's values.</summary>
    public IReadOnlyList<double> Masses { get; }

    public double DwellSeconds { get; }

    public long FirstScan { get; }

    /// <summary>The latest time given out; to be set back when the scans that it was given to are fetched again.</summary>
    public DateTimeOffset Latest { get; set; } = DateTimeOffset.MinValue;

    /// <summary>The scan to be fetched next.</summary>
    public long Next { get; set; }

    public static IReadOnlyList<double> MassesOf(IonPlan plan) => plan.Kind == IonPlanKind.Masses
        ? plan.Masses
        : [.. Enumerable.Range(0, ((plan.Last - plan.First) * plan.StepsPerMass) + 1).Select(i => Math.Round(plan.First + (i / (double)plan.StepsPerMass), 6))];

    /// <summary>The instrument said between these two lab times that this scan runs.</summary>
    public void Observe(long running, DateTimeOffset asked, DateTimeOffset answered)
    {
        DateTimeOffset begins = _anchor + (_period * (running - _anchorScan));
        if (begins > answered)
        {
            (_anchor, _anchorScan) = (answered, running);
        }
        else if (begins + _period < asked)
        {
            (_anchor, _anchorScan) = (asked - _period, running);
        }
    }

    /// <summary>The middle of each point's dwell; never before a time given out earlier.</summary>
    public DateTimeOffset TimeOf(long scan, int point)
    {
        DateTimeOffset time = _anchor + (_period * (scan - _anchorScan)) + (_dwell * (point + 0.5));
        Latest = time > Latest ? time : Latest.AddTicks(1);
        return Latest;
    }
}
