namespace CellLab.AutolabBridge.Running;

/// <summary>A step that is sampled by software: open circuit, a held current or potential, a slow scan.</summary>
internal sealed class SampledStep(StepPlan step, RunContext run)
{
    private readonly Plausibility _plausibility = new(step, run.Limits);
    private readonly RangeChoice _range = new(StartRange(step));
    private double _begin;
    private double _ampereHours;
    private Reading? _last;
    private Reading? _recorded;
    private double _recordDue;

    public void Run()
    {
        Begin();
        _recordDue = _begin;
        double next = _begin;
        while (true)
        {
            Reading reading = run.Read();
            Judge(reading);
            bool over = IsOver(reading);
            Record(reading, over);
            if (over)
            {
                run.CellOff();
                return;
            }

            next = Math.Max(next + step.IntervalSeconds, reading.Seconds);
            run.WaitUntil(step.DurationSeconds is { } duration ? Math.Min(next, _begin + duration) : next);
            Scan();
        }
    }

    private static double StartRange(StepPlan step) => step.RangeAmperes ?? (step.Technique == Technique.Cp ? step.Setpoint : 1e-3);

    private void Begin()
    {
        if (step.Technique == Technique.Ocp)
        {
            run.CellOff();
            _begin = run.Now;
            run.Report.Step(step, run.Since(_begin), null);
            return;
        }

        bool current = step.Technique == Technique.Cp;
        run.Prepare(current, current ? Math.Max(_range.Range, Sdk.CurrentRanges.For(step.Setpoint)) : _range.Range, current ? 0 : step.Setpoint);
        _begin = run.Now;
        run.Report.Step(step, run.Since(_begin), null);
        if (current)
        {
            run.Instrument.Set("Ei.Setpoint", step.Setpoint);
        }

        run.CellOn();
    }

    private void Judge(Reading reading)
    {
        if (_plausibility.Judge(reading) is { } implausible)
        {
            run.Report.Sample(reading, run.Since(reading.Seconds));
            throw new RunStopException("error", "plausibility", implausible);
        }

        if (step.Technique != Technique.Ocp && run.Watch.Judge(reading) is { } passed)
        {
            run.Report.Sample(reading, run.Since(reading.Seconds));
            throw new RunStopException("limit", "limit", passed);
        }

        if (step.Technique is Technique.Ca or Technique.Lsv && reading.IsNumber && _range.Judge(reading.Amperes, reading.CurrentOverload))
        {
            run.Instrument.Set("Ei.CurrentRange", Sdk.CurrentRanges.NameOf(_range.Range));
        }
    }

    private bool IsOver(Reading reading)
    {
        double seconds = reading.Seconds - _begin;
        if (seconds >= step.DurationSeconds - 1e-6 || (step.Technique == Technique.Lsv && seconds >= ScanSeconds - 1e-6))
        {
            return true;
        }

        if (_plausibility.Suspects)
        {
            return false;
        }

        _ampereHours += (_last is { } last ? (last.Amperes + reading.Amperes) / 2 * (reading.Seconds - last.Seconds) : reading.Amperes * seconds) / 3600;
        _last = reading;
        return (step.UntilVolts is { } volts && ((step.UntilVoltsDirection ?? step.Setpoint) > 0 ? reading.Volts >= volts : reading.Volts <= volts))
            || (step.UntilAmperes is { } amperes && (amperes < 0 ? reading.Amperes >= amperes : reading.Amperes <= amperes))
            || Math.Abs(_ampereHours) >= step.UntilAmpereHours;
    }

    private void Record(Reading reading, bool over)
    {
        bool due = reading.Seconds >= _recordDue - 1e-6;
        if (due || over || !reading.IsNumber || Math.Abs(reading.Volts - _recorded?.Volts ?? 0) >= step.RecordVolts)
        {
            _recordDue = due ? Math.Max(_recordDue + step.RecordSeconds, reading.Seconds) : _recordDue;
            _recorded = reading;
            run.Report.Sample(reading, run.Since(reading.Seconds));
        }
    }

    private double ScanSeconds => Math.Abs(step.EndVolts - step.Setpoint) / step.VoltsPerSecond;

    private void Scan()
    {
        if (step.Technique == Technique.Lsv)
        {
            double moved = Math.Min(run.Now - _begin, ScanSeconds) * step.VoltsPerSecond;
            run.Instrument.Set("Ei.Setpoint", step.Setpoint + (Math.Sign(step.EndVolts - step.Setpoint) * moved));
        }
    }
}
