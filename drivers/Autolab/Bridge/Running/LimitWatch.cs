namespace CellLab.AutolabBridge.Running;

/// <summary>Looks at the limits of a run on every reading; two readings outside in succession end it.</summary>
internal sealed class LimitWatch(RunLimits limits)
{
    private int _outside;
    private Reading? _last;

    /// <summary>Since the begin of the run, A h; positive charge went in.</summary>
    public double AmpereHours { get; private set; }

    /// <summary>Which limit was passed, or null.</summary>
    public string? Judge(Reading reading)
    {
        if (!reading.IsNumber)
        {
            return null;
        }

        AmpereHours += _last is { } last ? (last.Amperes + reading.Amperes) / 2 * (reading.Seconds - last.Seconds) / 3600 : 0;
        _last = reading;
        string? passed = Passed(reading);
        _outside = passed is null ? 0 : _outside + 1;
        return _outside >= 2 ? passed : null;
    }

    /// <summary>The cell was off meanwhile.</summary>
    public void Interrupted() => _last = null;

    private string? Passed(Reading reading)
    {
        if (reading.Volts > limits.MaxVolts || reading.Volts < limits.MinVolts)
        {
            return FormattableString.Invariant($"{reading.Volts:G5} V is outside {limits.MinVolts:G5} to {limits.MaxVolts:G5} V");
        }

        if (reading.Amperes > limits.MaxAmperes || reading.Amperes < limits.MinAmperes)
        {
            return FormattableString.Invariant($"{reading.Amperes:G4} A is outside {limits.MinAmperes:G4} to {limits.MaxAmperes:G4} A");
        }

        return Math.Abs(AmpereHours) > limits.MaxAmpereHours ? FormattableString.Invariant($"{AmpereHours:G4} A h is more than {limits.MaxAmpereHours:G4} A h") : null;
    }
}
