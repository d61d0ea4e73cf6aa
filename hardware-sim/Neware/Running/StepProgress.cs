using CellLab.HardwareSim.Neware.Program;

namespace CellLab.HardwareSim.Neware.Running;

/// <summary>The running step: what is set, what has been counted, when the next record is due.</summary>
internal sealed class StepProgress(BtsStep step, double rangeMilliamperes)
{
    public BtsStep Step { get; } = step;

    public double RangeMilliamperes { get; } = rangeMilliamperes;

    /// <summary>Set current, signed, mA; at constant voltage the largest allowed one.</summary>
    public double SetMilliamperes { get; } = SetOf(step, rangeMilliamperes);

    /// <summary>True from the start of a CV step, and of a CCCV step once its voltage is reached.</summary>
    public bool AtVoltage { get; set; } = step.HoldsVoltage;

    public double Elapsed { get; set; }

    public double MilliampereSeconds { get; private set; }

    public double MilliwattSeconds { get; private set; }

    public double Volts { get; private set; }

    /// <summary>The reading, signed.</summary>
    public double Milliamperes { get; private set; }

    /// <summary>What the cell gets, signed; kept for looks between two strides and as the first guess at constant voltage.</summary>
    public double TrueMilliamperes { get; set; }

    /// <summary>Seconds of the last stride, and how fast the voltage moved in it (V/s).</summary>
    public double LastStride { get; set; }

    public double Slope { get; set; }

    /// <summary>Since when (of the step) a protection is passed without pause.</summary>
    public double? PassedSince { get; set; }

    public double RecordedVolts { get; private set; }

    public double RecordedMilliamperes { get; private set; }

    /// <summary>Elapsed time of the last record; below 0 before the first.</summary>
    public double RecordedAt { get; private set; } = -1;

    public long Ticks { get; private set; } = 1;

    public double? NextTick => Step.Record.Seconds * Ticks;

    public void Begin(double volts, double milliamperes)
    {
        Volts = volts;
        Milliamperes = milliamperes;
    }

    /// <summary>Counters integrate the readings: the current of the stride, the mean of its two voltages.</summary>
    public void Count(double seconds, double volts, double milliamperes)
    {
        double magnitude = Math.Abs(milliamperes);
        MilliampereSeconds += magnitude * seconds;
        MilliwattSeconds += magnitude * 0.5 * (Volts + volts) * seconds;
        Elapsed += seconds;
        Volts = volts;
        Milliamperes = milliamperes;
    }

    public bool IsRecordDue()
    {
        BtsRecordRule rule = Step.Record;
        return Elapsed >= NextTick - 1e-6
            || Math.Abs(Volts - RecordedVolts) >= rule.Volts
            || Math.Abs(Milliamperes - RecordedMilliamperes) >= rule.Milliamperes;
    }

    public void Recorded()
    {
        RecordedVolts = Volts;
        RecordedMilliamperes = Milliamperes;
        RecordedAt = Elapsed;
        if (Step.Record.Seconds is double interval)
        {
            Ticks = (long)Math.Floor((Elapsed + 1e-6) / interval) + 1;
        }
    }

    private static double SetOf(BtsStep step, double range)
    {
        double magnitude = step.Type switch
        {
            BtsStepType.Rest or BtsStepType.Pause => 0,
            BtsStepType.VoltageScan => range,
            _ => step.Milliamperes > 0 ? step.Milliamperes : range,
        };
        return step.IsDischarge ? -magnitude : magnitude;
    }
}
