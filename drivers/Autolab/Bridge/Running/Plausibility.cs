namespace CellLab.AutolabBridge.Running;

/// <summary>The SDK gives no status: an open lead looks like a complete run, and a pulled plug like a cell that does not change. What cannot be
/// a cell ends the run. Pure; one object a step.</summary>
internal sealed class Plausibility(StepPlan step, RunLimits limits)
{
    /// <summary>So many readings in succession must be wrong; one alone may be a disturbance.</summary>
    private const int Successive = 2;

    /// <summary>Beyond the instrument's compliance and ranges.</summary>
    private const double LargestVolts = 10.5;
    private const double LargestAmperes = 2;

    /// <summary>A galvanostat that misses its set current by more than this share, or this, has no cell to drive.</summary>
    private const double CurrentShare = 0.05;
    private const double SmallestMiss = 1e-8;

    /// <summary>A held potential: an ending transient passes through zero current, a lead that is off stays there.</summary>
    private const int OpenLeadReadings = 10;

    /// <summary>Both values equal to the last digit for so long: the readings stand still (assumed; converters are never that quiet).</summary>
    private const double StuckSeconds = 120;
    private const int StuckReadings = 20;

    private int _notNumbers;
    private int _beyond;
    private int _missed;
    private int _openLead;
    private int _equal;
    private Reading? _last;
    private double _equalSince;

    /// <summary>The last reading may not be a cell's: no end of a step is concluded from it.</summary>
    public bool Suspects => _notNumbers + _beyond + _missed > 0;

    /// <summary>Why this cannot be a cell, or null.</summary>
    public string? Judge(Reading reading)
    {
        if (Count(ref _notNumbers, !reading.IsNumber, Successive))
        {
            return "the readings are not numbers";
        }

        if (!reading.IsNumber)
        {
            return null;
        }

        return Beyond(reading) ?? Missed(reading) ?? OpenLead(reading) ?? Stuck(reading);
    }

    private string? Beyond(Reading reading) =>
        Count(ref _beyond, Math.Abs(reading.Volts) > LargestVolts || Math.Abs(reading.Amperes) > LargestAmperes, Successive)
            ? FormattableString.Invariant($"{reading.Volts:G5} V and {reading.Amperes:G5} A are beyond the instrument")
            : null;

    private string? Missed(Reading reading) =>
        step.Technique == Technique.Cp
        && Count(ref _missed, Math.Abs(reading.Amperes - step.Setpoint) > Math.Max(SmallestMiss, CurrentShare * Math.Abs(step.Setpoint)), Successive)
            ? FormattableString.Invariant($"{reading.Amperes:G4} A flow instead of {step.Setpoint:G4} A at {reading.Volts:G4} V: an open lead, or a cell beyond the compliance")
            : null;

    private string? OpenLead(Reading reading) =>
        step.Technique is Technique.Ca or Technique.Lsv && Count(ref _openLead, Math.Abs(reading.Amperes) < limits.OpenLeadAmperes, OpenLeadReadings)
            ? FormattableString.Invariant($"only {reading.Amperes:G3} A flow at {reading.Volts:G4} V: an open lead")
            : null;

    private string? Stuck(Reading reading)
    {
        bool equal = step.Technique != Technique.Ocp && _last is { } last && last.Volts.Equals(reading.Volts) && last.Amperes.Equals(reading.Amperes);
        _equalSince = equal ? _equalSince : reading.Seconds;
        _equal = equal ? _equal + 1 : 0;
        _last = reading;
        return _equal >= StuckReadings && reading.Seconds - _equalSince >= StuckSeconds
            ? "the readings do not change at all: the link to the instrument is gone"
            : null;
    }

    private static bool Count(ref int counter, bool wrong, int enough)
    {
        counter = wrong ? counter + 1 : 0;
        return counter >= enough;
    }
}
