using CellLab.AutolabBridge.Sdk;

namespace CellLab.AutolabBridge.Running;

/// <summary>An impedance spectrum: the analyser drives the potentiostat or galvanostat, one frequency after the other.</summary>
internal sealed class SpectrumStep(StepPlan step, RunContext run)
{
    private const double OneCycle = 1;
    private const double ShortestSeconds = 0.5;

    /// <summary>More than this is no cell, ohm.</summary>
    private const double OpenLeadOhms = 1e7;

    /// <summary>Modulus against real and imaginary part, as a share.</summary>
    private const double ModulusShare = 0.01;

    private const int MostTries = 4;
    private double _range = CurrentRanges.For(step.RangeAmperes ?? (step.Galvanostatic ? (step.Amplitude * Math.Sqrt(2)) + Math.Abs(step.Bias ?? 0) : 1e-3));

    public void Run()
    {
        run.CellOff();
        double rest = run.Read().Volts;
        run.Prepare(step.Galvanostatic, _range, step.Bias ?? (step.Galvanostatic ? 0 : rest));
        run.Report.Step(step, run.Elapsed, rest);
        try
        {
            run.Instrument.SwitchFra(on: true);
            run.Instrument.Set("Ei.EnableDsgInput", true);
            run.Instrument.Set("Fra.WaveType", "Sine");
            run.Instrument.Set("Fra.Amplitude", step.Amplitude);
            run.CellOn();
            for (int n = 1; n <= step.Points; n++)
            {
                Point(n, Frequency(n));
            }
        }
        finally
        {
            run.Instrument.Set("Ei.CellOnOff", "Off");
            run.Instrument.Set("Ei.EnableDsgInput", false);
            run.Instrument.SwitchFra(on: false);
        }

        run.CellOff();
    }

    /// <summary>Equally spaced in the logarithm: f_k = f_1 (f_n / f_1)^((k - 1)/(n - 1)).</summary>
    private double Frequency(int n) =>
        step.Points == 1 ? step.FirstHertz : step.FirstHertz * Math.Pow(step.LastHertz / step.FirstHertz, (n - 1.0) / (step.Points - 1));

    private void Point(int n, double hertz)
    {
        for (int attempt = 1; ; attempt++)
        {
            run.WaitUntil(run.Now);
            run.Expect($"Fra.Start at {hertz:G4} Hz", 3 * Math.Max(OneCycle / hertz, ShortestSeconds));
            run.Instrument.Set("Fra.Frequency", hertz);
            run.Instrument.Set("Fra.MinimumIntegrationCycles", OneCycle);
            run.Instrument.Set("Fra.MinimumIntegrationTime", ShortestSeconds);
            FraPoint point = run.Instrument.MeasureFra();
            run.Control.ThrowIfAborted();
            Reading reading = run.Read();
            if (reading.CurrentOverload && !step.Galvanostatic && attempt < MostTries && _range < CurrentRanges.Highest)
            {
                _range = CurrentRanges.For(10 * _range);
                run.Instrument.Set("Ei.CurrentRange", CurrentRanges.NameOf(_range));
                continue;
            }

            Judge(point, reading, hertz);
            run.Report.Point(n, hertz, point, reading);
            return;
        }
    }

    private void Judge(FraPoint point, Reading reading, double hertz)
    {
        if (run.Watch.Judge(reading) is { } passed)
        {
            throw new RunStopException("limit", "limit", passed);
        }

        double modulus = Math.Sqrt((point.Real * point.Real) + (point.Imaginary * point.Imaginary));
        if (!Finite.IsFinite(modulus))
        {
            return; // no number is sent as no number
        }

        if (modulus > OpenLeadOhms)
        {
            throw new RunStopException("error", "plausibility", FormattableString.Invariant($"{modulus:G3} ohm at {hertz:G4} Hz: an open lead"));
        }

        if (Math.Abs(modulus - point.Modulus) > ModulusShare * modulus)
        {
            throw new RunStopException(
                "error", "plausibility", FormattableString.Invariant($"at {hertz:G4} Hz real and imaginary part make {modulus:G5} ohm, the modulus is {point.Modulus:G5} ohm"));
        }
    }
}
