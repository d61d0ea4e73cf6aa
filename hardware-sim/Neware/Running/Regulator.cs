using CellLab.CellModel;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Neware.Program;

namespace CellLab.HardwareSim.Neware.Running;

/// <summary>The power stage: carries one stride out on the cell. The tester regulates and limits by its own readings, errors included.</summary>
internal sealed class Regulator(SimulatedCell cell, Meter meter)
{
    /// <summary>Advances cell and counters; returns true when the step has ended by voltage.</summary>
    public bool Stride(StepProgress p, double seconds)
    {
        double before = cell.Volts;
        bool wasAtVoltage = p.AtVoltage;
        bool ended = false;
        double taken = seconds;
        double reading = p.Step.Type switch
        {
            BtsStepType.Rest or BtsStepType.Pause => Rest(p, seconds),
            BtsStepType.VoltageScan => Hold(p, seconds, ScanVolts(p.Step, p.Elapsed + seconds), -p.RangeMilliamperes, p.RangeMilliamperes),
            _ when p.AtVoltage => HoldOneWay(p, seconds),
            _ => Drive(p, seconds, out taken, out ended),
        };
        p.Count(taken, meter.ReadVolts(cell.Volts), reading);
        p.LastStride = p.AtVoltage == wasAtVoltage ? taken : 0;
        p.Slope = Math.Abs(cell.Volts - before) / taken;
        return ended;
    }

    /// <summary>The reading one millisecond after the step's current came on, without moving the cell.</summary>
    public void Begin(StepProgress p)
    {
        bool drives = p.Step.Type is not BtsStepType.VoltageScan && !p.AtVoltage && p.SetMilliamperes != 0;
        double reading = drives ? meter.RegulatedMilliamperes(p.SetMilliamperes, p.RangeMilliamperes) : 0;
        p.TrueMilliamperes = drives ? meter.TrueMilliamperes(reading, p.RangeMilliamperes) : 0;
        p.Begin(meter.ReadVolts(cell.Peek(Solvers.ShortestSeconds, p.TrueMilliamperes)), reading);
    }

    public static double ScanVolts(BtsStep step, double elapsed)
    {
        foreach (BtsSlope slope in step.Slopes)
        {
            double lasts = Math.Abs(slope.EndVolts - slope.StartVolts) / slope.VoltsPerSecond;
            if (elapsed <= lasts)
            {
                return slope.StartVolts + (Math.Sign(slope.EndVolts - slope.StartVolts) * slope.VoltsPerSecond * elapsed);
            }

            elapsed -= lasts;
        }

        return step.Slopes[^1].EndVolts;
    }

    private double Rest(StepProgress p, double seconds)
    {
        p.TrueMilliamperes = 0;
        cell.Step(seconds, 0);
        return 0;
    }

    private double Drive(StepProgress p, double seconds, out double taken, out bool ended)
    {
        double reading = meter.RegulatedMilliamperes(p.SetMilliamperes, p.RangeMilliamperes);
        p.TrueMilliamperes = meter.TrueMilliamperes(reading, p.RangeMilliamperes);
        bool goesOnAtVoltage = p.Step.Type is BtsStepType.ChargeCurrentVoltage or BtsStepType.DischargeCurrentVoltage;
        double? limit = goesOnAtVoltage ? p.Step.TargetVolts : p.Step.StopVolts;
        taken = seconds;
        ended = false;
        if (limit is null)
        {
            cell.Step(seconds, p.TrueMilliamperes);
            return reading;
        }

        LimitedStep step = cell.StepToVoltage(seconds, p.TrueMilliamperes, meter.TrueVolts(limit.Value), rising: !p.Step.IsDischarge);
        taken = step.Seconds;
        ended = step.Reached && !goesOnAtVoltage;
        p.AtVoltage = step.Reached && goesOnAtVoltage;
        return reading;
    }

    private double HoldOneWay(StepProgress p, double seconds) =>
        Hold(p, seconds, p.Step.TargetVolts, Math.Min(0, p.SetMilliamperes), Math.Max(0, p.SetMilliamperes));

    private double Hold(StepProgress p, double seconds, double volts, double lowest, double highest)
    {
        p.TrueMilliamperes = cell.StepAtVoltage(seconds, meter.TrueVolts(volts), lowest, highest, p.TrueMilliamperes);
        return meter.ReadMilliamperes(p.TrueMilliamperes, p.RangeMilliamperes);
    }
}
