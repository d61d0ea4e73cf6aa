using CellLab.CellModel;

namespace CellLab.HardwareSim.Gas;

/// <summary>Ion currents that a quadrupole gets of the gas on its line: peaks of 0.25 half width at whole masses, a base peak of 1e-4 A/Torr at
/// 1e-5 Torr and 1 mA emission, a background on every mass, a drift common to all, and noise (assumed figures).</summary>
internal sealed class IonSource(GasPath path, ulong seed)
{
    /// <summary>Partial-pressure sensitivity, A/Torr, per mA of emission.</summary>
    public const double AmperesPerTorr = 1e-4;

    public const double ChamberTorr = 1e-5;

    private const double BackgroundAmperes = 2e-15;
    private const double ElementaryCharge = 1.602176634e-19;
    private const double DriftShare = 0.01;
    private const double DriftPeriodSeconds = 12 * 3600;
    private const double HalfWidth = 0.25;

    private readonly Lock _gate = new();
    private SplitMix64 _noise = new(seed);

    /// <summary>One reading, in A, positive.</summary>
    /// <param name="gain">Of the multiplier; 1 for the Faraday cup.</param>
    /// <param name="amplifierAmperes">White noise of the amplifier in this reading.</param>
    public double Read(double seconds, double mass, double emissionMilliamperes, double gain, double dwellSeconds, double amplifierAmperes)
    {
        double current = True(seconds, mass, emissionMilliamperes, gain);
        double shot = Math.Sqrt(2 * ElementaryCharge * current * gain / dwellSeconds);
        double noise = Math.Sqrt((shot * shot) + (amplifierAmperes * amplifierAmperes));
        lock (_gate)
        {
            return current + (noise * _noise.NextNormal());
        }
    }

    /// <summary>Without noise.</summary>
    public double True(double seconds, double mass, double emissionMilliamperes, double gain)
    {
        if (emissionMilliamperes <= 0)
        {
            return 0;
        }

        GasFractions gas = path.At(seconds);
        int nearest = (int)Math.Round(mass);
        double seen = 0;
        for (int peak = nearest - 1; peak <= nearest + 1; peak++)
        {
            seen += CrackingPattern.At(peak, gas) * Math.Exp(-Math.Log(2) * Math.Pow((mass - peak) / HalfWidth, 2));
        }

        double drift = 1 + (DriftShare * Math.Sin(2 * Math.PI * seconds / DriftPeriodSeconds));
        return gain * emissionMilliamperes * ((AmperesPerTorr * ChamberTorr * seen * drift) + BackgroundAmperes);
    }
}
