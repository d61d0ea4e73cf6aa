using CellLab.CellModel;

namespace CellLab.HardwareSim.Cells;

/// <summary>What a channel's electronics make of the truth: a fixed gain and offset, white noise and rounding (assumed figures:
/// voltage +-0.02 %, +-0.5 mV, 50 uV, 0.1 mV steps; current +-0.02 %, +-0.01 % of range, 0.002 % of range, range/32768).</summary>
internal sealed class Meter
{
    private readonly double _voltGain;
    private readonly double _voltOffset;
    private readonly double _currentGain;
    private readonly double _currentOffsetShare;
    private SplitMix64 _voltNoise;
    private SplitMix64 _currentNoise;

    /// <param name="exact">No error, no noise, no rounding.</param>
    /// <param name="seed">Of this channel; every quantity has a stream of its own.</param>
    public Meter(bool exact, ulong seed)
    {
        Exact = exact;
        var fixedErrors = new SplitMix64(seed);
        _voltGain = exact ? 0 : Symmetric(ref fixedErrors, 2e-4);
        _voltOffset = exact ? 0 : Symmetric(ref fixedErrors, 5e-4);
        _currentGain = exact ? 0 : Symmetric(ref fixedErrors, 2e-4);
        _currentOffsetShare = exact ? 0 : Symmetric(ref fixedErrors, 1e-4);
        _voltNoise = new SplitMix64(fixedErrors.Next());
        _currentNoise = new SplitMix64(fixedErrors.Next());
    }

    public bool Exact { get; }

    /// <summary>A reading with noise and rounding.</summary>
    public double ReadVolts(double trueVolts) => Exact
        ? trueVolts
        : Math.Round(ShownVolts(trueVolts) + (50e-6 * _voltNoise.NextNormal()), 4);

    /// <summary>What the electronics show on average.</summary>
    public double ShownVolts(double trueVolts) => (trueVolts * (1 + _voltGain)) + _voltOffset;

    /// <summary>The true voltage at which the electronics, on average, see this one.</summary>
    public double TrueVolts(double shownVolts) => (shownVolts - _voltOffset) / (1 + _voltGain);

    /// <summary>The reading while the tester regulates its own reading to a set current, mA.</summary>
    public double RegulatedMilliamperes(double setMilliamperes, double rangeMilliamperes) =>
        Exact ? setMilliamperes : Rounded(setMilliamperes + (2e-5 * rangeMilliamperes * _currentNoise.NextNormal()), rangeMilliamperes);

    /// <summary>The reading of a current that something else sets (constant voltage), mA.</summary>
    public double ReadMilliamperes(double trueMilliamperes, double rangeMilliamperes) => Exact
        ? trueMilliamperes
        : RegulatedMilliamperes((trueMilliamperes * (1 + _currentGain)) + (_currentOffsetShare * rangeMilliamperes), rangeMilliamperes);

    /// <summary>What the cell really gets at this reading, mA.</summary>
    public double TrueMilliamperes(double readMilliamperes, double rangeMilliamperes) =>
        (readMilliamperes - (_currentOffsetShare * rangeMilliamperes)) / (1 + _currentGain);

    private static double Rounded(double milliamperes, double range) => Math.Round(milliamperes * 32768 / range) * (range / 32768);

    private static double Symmetric(ref SplitMix64 random, double span) => span * ((2 * random.NextUniform()) - 1);
}
