using CellLab.Core.Devices;

namespace CellLab.Drivers.SrsRga.Measuring;

/// <summary>A plan under way: which pass is due when (lab time).</summary>
internal sealed class RgaRun(IonPlan plan, int noiseFloor, double multiplierVolts, int points, DateTimeOffset startedAt)
{
    public IonPlan Plan { get; } = plan;

    public int NoiseFloor { get; } = noiseFloor;

    public double MultiplierVolts { get; } = multiplierVolts;

    /// <summary>Words of one pass, without the total pressure.</summary>
    public int Points { get; } = points;

    /// <summary>Number of the pass that comes next.</summary>
    public long Next { get; private set; } = 1;

    private DateTimeOffset _due = startedAt;

    /// <summary>Takes the number of a pass that is due. Passes that were missed altogether are skipped, not piled up.</summary>
    public bool TryBegin(DateTimeOffset now, out long number)
    {
        number = Next;
        if (now < _due)
        {
            return false;
        }

        Next++;
        _due = Plan.Interval > TimeSpan.Zero ? NextOnGrid(now) : now;
        return true;
    }

    private DateTimeOffset NextOnGrid(DateTimeOffset now) => _due + (Plan.Interval * (Math.Floor((now - _due) / Plan.Interval) + 1));
}
