using System.Numerics;

namespace CellLab.CellModel;

/// <summary>Small-signal impedance of a cell in its present state: series resistance, film, double layer beside charge transfer and diffusion
/// (docs/reference/cell-model.md, section on impedance). Time domain and frequency domain agree to about 1 %.</summary>
public sealed class CellImpedance
{
    private const double SlopeStep = 1e-4;

    private readonly CellParameters _p;
    private readonly double _chargeTransferOhms;
    private readonly double _slope;
    private readonly double _mean;
    private readonly double _fast;
    private readonly double _slowSeconds;
    private readonly double _diffusionSeconds;
    private readonly double _hysteresis;

    public CellImpedance(CellParameters parameters, in CellState state)
    {
        _p = parameters;
        double z = state.SurfaceDelithiation;
        _mean = 1 / (3600 * parameters.HostCapacity(state));
        _fast = _mean / (1 - parameters.SlowShare);
        _slowSeconds = parameters.SlowSeconds * (1 - parameters.SlowShare);
        _diffusionSeconds = parameters.AgedDiffusionSeconds(state);
        _chargeTransferOhms = 1000 * parameters.ThermalVolts / parameters.ExchangeMilliamperes(state.EquivalentCycles, z);
        var weights = new BranchWeights(state.Activation, state.Hysteresis, state.VoltageFade);
        _slope = (parameters.OpenCircuit.Volts(z + SlopeStep, weights) - parameters.OpenCircuit.Volts(z - SlopeStep, weights)) / (2 * SlopeStep);
        _hysteresis = parameters.HysteresisRate * state.Activation * parameters.OpenCircuit.BranchGapVolts(z, state.VoltageFade) / 2;
    }

    /// <summary>Warburg coefficient of the high-frequency limit, ohm s^-1/2: <c>U' sqrt(tau/2)/Qc</c>, <c>Qc = 3.6e-3 m Q (1 - f_slow)</c> in coulomb.</summary>
    public double WarburgOhms => _slope * Math.Sqrt(_diffusionSeconds / 2) * _fast * 1e6 / _p.ActiveMassMilligrams;

    /// <summary>Ohm; the imaginary part of a capacitor is negative.</summary>
    public Complex At(double hertz)
    {
        ImpedanceParameters e = _p.Impedance;
        var s = new Complex(0, 2 * Math.PI * hertz);
        Complex film = 1 / ((1 / (_p.OhmicOhms - e.SeriesOhms)) + (e.FilmCpe * Complex.Pow(s, e.FilmExponent)));
        Complex surface = 1 / ((e.DoubleLayerCpe * Complex.Pow(s, e.DoubleLayerExponent)) + (1 / (_chargeTransferOhms + Diffusion(s))));
        return e.SeriesOhms + film + surface;
    }

    private Complex Diffusion(Complex s)
    {
        Complex y = Complex.Sqrt(s * _diffusionSeconds);
        Complex planar = (Coth(y) / y) - (1 / (y * y));
        Complex lithium = (_mean / s) + (_p.SlowShare * _fast * _slowSeconds / (1 + (s * _slowSeconds))) + (_fast * _diffusionSeconds * planar);
        return 1e6 / _p.ActiveMassMilligrams * ((_slope * lithium) + (_hysteresis * _mean / s));
    }

    /// <summary>1 for large arguments, where the exponentials overflow.</summary>
    private static Complex Coth(Complex y)
    {
        if (y.Real > 20)
        {
            return Complex.One;
        }

        Complex decay = Complex.Exp(-2 * y);
        return (1 + decay) / (1 - decay);
    }
}
