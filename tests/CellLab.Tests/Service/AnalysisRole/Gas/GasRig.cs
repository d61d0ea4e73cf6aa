using CellLab.Core.Records;
using CellLab.Service.AnalysisRole.Companions.Gas;

namespace CellLab.Tests.Service.AnalysisRole.Gas;

/// <summary>A first cycle at 0.1C on 2 mg as a rig with two lags of 60 and 120 s would record it: an hour of background that still decays, 20 min of bottle, a
/// rest, the charge with gas late in it, three hours without, the bottle again; masses read one after the other, common drift of 1 %, noise.</summary>
internal sealed class GasRig(double oxygen, int seed)
{
    public const double MassMg = 2, Carrier = 3.406e-7, OnsetMahG = 224.3, ChargeFrom = 7200, ChargeTo = 53_600, OneCAmperes = 5e-4;

    private const double Bottle = 1000e-6, LastSecond = 69_000;
    private const int BottleAgainFrom = 66_600;
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly double[] s_masses = [14, 28, 32, 36, 44];

    private readonly Random _random = new(seed);
    private long _cyclerRow, _ionRow;

    /// <summary>Air begins to leak in with the charge: ppm of nitrogen.</summary>
    public double LeakPpm { get; init; }

    public double Noise { get; init; } = 1;

    /// <summary>Share by which the spectrometer loses sensitivity over the run, argon as well.</summary>
    public double Drift { get; init; } = 0.01;

    public bool HasArgon { get; init; } = true;

    /// <summary>Seconds in which the spectrometer reads nothing.</summary>
    public (double From, double To)? Silent { get; init; }

    /// <summary>The last calibration's first row is of m/z 32, 4 s after the bottle was opened.</summary>
    public bool BottleBeginsWithOxygen { get; init; }

    /// <summary>Between two readings of one mass.</summary>
    public int SecondsPerPass { get; init; } = 40;

    public static double OnsetSeconds => ChargeFrom + (OnsetMahG / 25 * 3600);

    public GasSignals Record()
    {
        var signals = new GasSignals();
        foreach ((CompanionRow? ion, RecordRow? cycler) in Rows())
        {
            if (ion is not null)
            {
                signals.Add(ion);
            }
            else
            {
                signals.Add(cycler!);
            }
        }

        return signals;
    }

    /// <summary>The rows of both instruments in order of time: each is one of the two.</summary>
    public IEnumerable<(CompanionRow? Ion, RecordRow? Cycler)> Rows()
    {
        double cell = 0, line = 0, carbonCell = 0, carbonLine = 0;
        for (int second = 0; second <= LastSecond; second++)
        {
            string phase = PhaseAt(second);
            cell += (Rate(second, oxygen) - cell) / 60;
            carbonCell += (Rate(second, 0.05) - carbonCell) / 60;
            line += ((phase == "calibration" ? Bottle : cell / Carrier) - line) / 120;
            carbonLine += ((phase == "calibration" ? Bottle : carbonCell / Carrier) - carbonLine) / 120;
            if (second % 30 == 20)
            {
                yield return (null, CyclerRow(second));
            }

            if (second % SecondsPerPass < 2 * s_masses.Length && second % 2 == 0)
            {
                double mass = s_masses[second % SecondsPerPass / 2];
                if ((HasArgon || mass != 36) && !(second >= Silent?.From && second < Silent?.To))
                {
                    yield return (IonRow(second, BottleBeginsWithOxygen && second is >= BottleAgainFrom and < BottleAgainFrom + 4 ? "run" : phase, mass, line, carbonLine), null);
                }
            }
        }
    }

    private static string PhaseAt(int second) => second switch
    {
        < 3600 => "background",
        < 4800 or (>= BottleAgainFrom and < 68_400) => "calibration",
        _ => "run",
    };

    /// <summary>mol/s: a triangle between the onset and the end of the charge.</summary>
    private static double Rate(double second, double total)
    {
        double share = (second - OnsetSeconds) / (ChargeTo - OnsetSeconds);
        return share is < 0 or > 1 ? 0 : total * 1e-6 * MassMg * 2 / (ChargeTo - OnsetSeconds) * (share < 0.5 ? 2 * share : 2 - (2 * share));
    }

    private RecordRow CyclerRow(int second)
    {
        bool charges = second is > (int)ChargeFrom and <= (int)ChargeTo;
        double volts = second <= ChargeFrom ? 3.1 : second <= ChargeTo ? 3.1 + (1.7 * (second - ChargeFrom) / (ChargeTo - ChargeFrom)) : 4.3;
        DateTimeOffset taken = s_start.AddSeconds(second);
        _cyclerRow++;
        return new RecordRow(
            FakeService.Job, Streams.Cycler, _cyclerRow, 1, second, 1, "first", 1,
            new InstrumentRecord(_cyclerRow, 1, 1, StepKind.ConstantCurrentCharge, second, second, false, taken, taken, volts, charges ? 5e-5 : 0, null, null, 1));
    }

    private CompanionRow IonRow(int second, string phase, double mass, double oxygenFraction, double carbonFraction)
    {
        double decay = Math.Exp(-second / 7200.0);
        double leak = second < ChargeFrom ? 0 : LeakPpm * 1e-6 * (1 - Math.Exp(-(second - ChargeFrom) / 300));
        double nitrogen = (30e-6 * decay) + leak;
        double fraction = mass switch
        {
            14 => 0.138 * nitrogen,
            28 => nitrogen + (0.0981 * carbonFraction),
            32 => oxygenFraction + (8e-6 * decay) + (0.268 * leak),
            36 => 0.00335,
            _ => carbonFraction,
        };
        double amperes = ((1e-6 * fraction) + 2e-12) * (1 - (Drift * second / LastSecond));
        amperes += Noise * Math.Sqrt(2 * 1.6e-19 * amperes * 1000 / 0.5) * Normal();
        DateTimeOffset taken = s_start.AddSeconds(second);
        return new CompanionRow(FakeService.Job, Streams.MassSpectrometer, ++_ionRow, taken, taken, second, new IonBody(phase == "run" ? "run cell" : phase, second / SecondsPerPass, mass, amperes, "multiplier"));
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
