using CellLab.Core.Records;

namespace CellLab.Core.Triggers.Rules;

/// <summary>What a <see cref="CellTrack"/> remembers.</summary>
/// <param name="StepAmpereHours">Signed charge of the present step so far.</param>
public sealed record CellTrackState(CellPoint? Last, CellDirection HalfCycle, double StepAmpereHours)
{
    public static CellTrackState New { get; } = new(null, CellDirection.Rest, 0);
}

/// <summary>Rows of a job to points: half cycles, charge in them and in all. The instrument's counter wins; without one the current is integrated.</summary>
public sealed class CellTrack(CellTrackState state)
{
    private const double SecondsPerHour = 3600;

    public CellTrackState State { get; private set; } = state;

    public CellPoint Add(RecordRow row)
    {
        InstrumentRecord record = row.Record;
        CellPoint? before = State.Last?.StepCount == record.StepCount ? State.Last : null;
        CellDirection direction = DirectionOf(record, before);
        double moved = Moved(record, before, direction);
        bool turned = direction != CellDirection.Rest && direction != State.HalfCycle;
        double change = moved - (before is null ? 0 : State.StepAmpereHours);
        int sign = direction == CellDirection.Discharge ? -1 : 1;
        var point = new CellPoint(
            row.Sequence, record.TakenAtUtc, row.TestTimeSeconds, record.VoltageVolts, record.CurrentAmperes,
            (turned ? 0 : State.Last?.HalfCycleAmpereHours ?? 0) + (sign * change), (State.Last?.NetAmpereHours ?? 0) + change,
            row.Cycle, record.StepCount, record.StepId, record.Kind, record.StepTimeSeconds, direction);
        State = new CellTrackState(point, turned ? direction : State.HalfCycle, moved);
        return point;
    }

    /// <summary>A step keeps its direction: a current that dies away or a pulse's noise begins no half cycle.</summary>
    private static CellDirection DirectionOf(InstrumentRecord record, CellPoint? before) => record.Kind switch
    {
        StepKind.ConstantCurrentCharge => CellDirection.Charge,
        StepKind.ConstantCurrentDischarge => CellDirection.Discharge,
        StepKind.Rest or StepKind.Pause or StepKind.End or StepKind.Impedance => CellDirection.Rest,
        _ when before is { Direction: not CellDirection.Rest } => before.Direction,
        _ => record.CurrentAmperes > 0 ? CellDirection.Charge : record.CurrentAmperes < 0 ? CellDirection.Discharge : CellDirection.Rest,
    };

    private double Moved(InstrumentRecord record, CellPoint? before, CellDirection direction)
    {
        if (direction == CellDirection.Rest)
        {
            return 0;
        }

        if (record.StepCapacityAmpereHours is { } counter)
        {
            return direction == CellDirection.Discharge ? -counter : counter;
        }

        double mean = ((before?.CurrentAmperes ?? record.CurrentAmperes) + record.CurrentAmperes) / 2;
        double seconds = record.StepTimeSeconds - (before?.StepTimeSeconds ?? 0);
        return (before is null ? 0 : State.StepAmpereHours) + (mean * seconds / SecondsPerHour);
    }
}
