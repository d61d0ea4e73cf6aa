using System.Globalization;
using CellLab.Core.Programs;
using CellLab.Core.Records;

namespace CellLab.Core.Safety;

/// <summary>The service's own watch over the limits that also stand in the instrument's program: a breach is two records outside in
/// succession, or the stated delay outside. In the first minute of a test it also looks for a bad contact: a jump of more than 0.5 V
/// between records of a step, or a constant current off by more than 5 % (and by more than ten steps of the instrument's resolution); later three records off in succession tell of a lead that came off,
/// another unit or another range.</summary>
public sealed class SafetyGuard(CellProgram program, GuardState state = default)
{
    private const int RecordsForBreach = 2;
    private const int RecordsForWrongCurrent = 3;
    private const double FirstMinuteSeconds = 60;
    private const double JumpVolts = 0.5;
    private const double CurrentTolerance = 0.05;
    private const double Resolutions = 10;
    private const double NearVolts = 0.05;

    private readonly SafetyLimits _limits = program.Limits;

    public GuardState State { get; private set; } = state;

    /// <summary>The last record is outside a limit, or so close that the next one must be fetched soon.</summary>
    public bool LimitNear => State.RecordsOutside > 0 || (State.HasLast && IsNear(State.LastVolts));

    /// <param name="resolutionAmperes">Smallest step of the instrument's current; 0 where it is not known.</param>
    /// <returns>Null when all is well.</returns>
    public GuardFinding? Watch(InstrumentRecord record, double resolutionAmperes = 0)
    {
        int off = IsOff(record, Resolutions * resolutionAmperes) ? State.RecordsOff + 1 : 0;
        GuardFinding? contact = BadContact(record, off);
        string? passed = Passed(record);
        int outside = passed is null ? 0 : State.RecordsOutside + 1;
        double since = outside == 1 ? record.SegmentTimeSeconds : State.OutsideSinceSeconds;
        State = new GuardState(outside, since, record.VoltageVolts, HasLast: true) { RecordsOff = off };
        bool breach = passed is not null && (outside >= RecordsForBreach || record.SegmentTimeSeconds - since >= _limits.DelaySeconds);
        return breach ? new GuardFinding(GuardKind.LimitPassed, passed!) : contact;
    }

    private string? Passed(InstrumentRecord record) =>
        LimitCheck.Passed(_limits, record.VoltageVolts, record.CurrentAmperes, record.StepCapacityAmpereHours ?? 0);

    private GuardFinding? BadContact(InstrumentRecord record, int off)
    {
        bool first = record.SegmentTimeSeconds <= FirstMinuteSeconds;
        if (first && State.HasLast && record.StepTimeSeconds > 0 && Math.Abs(record.VoltageVolts - State.LastVolts) > JumpVolts)
        {
            return new GuardFinding(GuardKind.BadContact, Text($"bad contact? the voltage jumped from {State.LastVolts:F3} to {record.VoltageVolts:F3} V in the first minute"));
        }

        string? question = first && off > 0 ? "bad contact?" : off >= RecordsForWrongCurrent ? "contact lost, or another unit or range?" : null;
        return question is null
            ? null
            : new GuardFinding(GuardKind.BadContact, Text($"{question} the current is {record.CurrentAmperes * 1e3:F5} mA where {Programmed(record) * 1e3:F5} mA is programmed"));
    }

    private bool IsOff(InstrumentRecord record, double floorAmperes) =>
        Programmed(record) is { } set && record.StepTimeSeconds > 0
            && Math.Abs(record.CurrentAmperes - set) > Math.Max(CurrentTolerance * Math.Abs(set), floorAmperes);

    private double? Programmed(InstrumentRecord record) =>
        record.StepId >= 1 && record.StepId <= program.Steps.Count && program.Steps[record.StepId - 1] is CurrentStep step ? step.CurrentAmperes : null;

    private bool IsNear(double volts) => volts > _limits.MaxVolts - NearVolts || volts < _limits.MinVolts + NearVolts;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
