using CellLab.HardwareSim.Cells;

namespace CellLab.HardwareSim.Gas;

/// <summary>The way of the gas from one cell to the spectrometers on its line: panel, transport, residual gases, leak. All members may be
/// called from any thread. Figures are assumed (docs/reference/cell-model.md).</summary>
internal sealed class GasPath(Func<double, CellView>? cell, CarrierFlow carrier, Func<double> leakTarget)
{
    private const double BottleFraction = 1000e-6;
    private const double LeakSeconds = 300;
    private const double Hour = 3600;

    private readonly Lock _gate = new();
    private GasLag _oxygen = Lags(cell);
    private GasLag _carbonDioxide = Lags(cell);
    private CellGas _last;
    private CellGas _slope;
    private double _seconds;
    private double _leak;
    private GasRoute _route;

    public GasRoute Route
    {
        get
        {
            lock (_gate)
            {
                return _route;
            }
        }
    }

    /// <summary>Turns the valves at this lab second.</summary>
    public void Switch(double seconds, GasRoute route)
    {
        lock (_gate)
        {
            Follow_NeedsGate(seconds);
            StepTo_NeedsGate(seconds);
            _route = route;
        }
    }

    /// <summary>Follows the cell; to be called often, since the release counts as linear between two calls.</summary>
    public void Advance(double seconds)
    {
        lock (_gate)
        {
            Follow_NeedsGate(seconds);
        }
    }

    /// <summary>What the spectrometer gets at this lab second. Looking changes nothing.</summary>
    public GasFractions At(double seconds)
    {
        lock (_gate)
        {
            Follow_NeedsGate(seconds);
            GasLag oxygen = _oxygen;
            GasLag carbonDioxide = _carbonDioxide;
            double ahead = Math.Max(0, seconds - _seconds);
            Step_NeedsGate(ref oxygen, ref carbonDioxide, ahead);
            double leak = leakTarget() + ((_leak - leakTarget()) * Math.Exp(-ahead / LeakSeconds));
            double flow = carrier.MicromolesPerSecond;
            return new GasFractions(
                (oxygen.RateMicromolesPerSecond / flow) + (8e-6 * Math.Exp(-seconds / (2 * Hour))) + (26.8e-6 * leak),
                carbonDioxide.RateMicromolesPerSecond / flow,
                (30e-6 * Math.Exp(-seconds / (2 * Hour))) + (100e-6 * leak),
                100e-6 * Math.Exp(-seconds / (3 * Hour)));
        }
    }

    private static GasLag Lags(Func<double, CellView>? cell) =>
        cell is null ? new GasLag(60, 120) : new GasLag(cell(0).Parameters.CellLagSeconds, cell(0).Parameters.LineLagSeconds);

    /// <summary>Takes in what the cell has done since the last time.</summary>
    private void Follow_NeedsGate(double seconds)
    {
        CellGas now = CellGas.Of(cell, seconds);
        if (now.Seconds <= _seconds)
        {
            return;
        }

        double since = now.Seconds - _last.Seconds;
        _slope = since > 0 ? new CellGas(0, (now.Oxygen - _last.Oxygen) / since, (now.CarbonDioxide - _last.CarbonDioxide) / since) : _slope;
        StepTo_NeedsGate(now.Seconds);
        _last = now;
    }

    private void StepTo_NeedsGate(double seconds)
    {
        double step = seconds - _seconds;
        if (step <= 0)
        {
            return;
        }

        Step_NeedsGate(ref _oxygen, ref _carbonDioxide, step);
        _leak = leakTarget() + ((_leak - leakTarget()) * Math.Exp(-step / LeakSeconds));
        _seconds = seconds;
    }

    private void Step_NeedsGate(ref GasLag oxygen, ref GasLag carbonDioxide, double step)
    {
        double since = _seconds - _last.Seconds;
        double bottle = BottleFraction * carrier.MicromolesPerSecond;
        oxygen.Step(step, _route, _last.Oxygen + (_slope.Oxygen * since), _slope.Oxygen, bottle);
        carbonDioxide.Step(step, _route, _last.CarbonDioxide + (_slope.CarbonDioxide * since), _slope.CarbonDioxide, bottle);
    }

    /// <summary>Set free so far, umol.</summary>
    private readonly record struct CellGas(double Seconds, double Oxygen, double CarbonDioxide)
    {
        public static CellGas Of(Func<double, CellView>? cell, double seconds)
        {
            if (cell is null)
            {
                return new CellGas(seconds, 0, 0);
            }

            CellView view = cell(seconds);
            return new CellGas(
                view.Seconds,
                view.State.OxygenMicromolPerMilligram * view.ActiveMilligrams,
                view.State.CarbonDioxideMicromolPerMilligram * view.ActiveMilligrams);
        }
    }
}
