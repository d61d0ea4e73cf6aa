using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.MethodScript.Language;

namespace CellLab.HardwareSim.MethodScript.Running;

/// <summary>One reading that a measurement loop waits for: at which lab time, what is set before the wait, what is stored after it.</summary>
internal sealed record Reading(double AtSeconds, Action Take, int Scan = 1);

/// <summary>The readings of each kind of measurement loop, in order.</summary>
internal sealed class MeasurementRunner(ScriptContext context, ScriptMemory memory, CommandRunner commands)
{
    /// <summary>A spectrum's point takes three periods, and not less than this.</summary>
    private const double ShortestPointSeconds = 0.1;

    private const double Periods = 3;

    public static int TechniqueOf(string name) => name switch
    {
        "meas_loop_lsv" => 0x0,
        "meas_loop_cv" => 0x5,
        "meas_loop_ca" => 0x7,
        "meas_loop_cp" => 0xA,
        "meas_loop_ocp" => 0xB,
        "meas_loop_eis" => 0xD,
        _ => 0xE,
    };

    /// <exception cref="ScriptFault">A run-time error: mode, cell, range.</exception>
    public IEnumerable<Reading> Readings(Measurement loop)
    {
        Require(loop);
        double[] n = [.. loop.Arguments.Select(memory.NumberOf)];
        return loop.Name switch
        {
            "meas_loop_ocp" => Every(loop, n[1], n[2], () => Store(loop, 0, context.Front.Volts())),
            "meas_loop_ca" => Chrono(loop, n, () => context.Terminals.SetVolts = commands.Allowed(n[2], loop.Line)),
            "meas_loop_cp" => Chrono(loop, n, () => context.Terminals.SetAmperes = n[2]),
            "meas_loop_lsv" => Sweep(loop, [n[2], n[3]], n[4], n[5]),
            "meas_loop_cv" => Sweep(loop, [n[2], n[3], n[4], n[2]], n[5], n[6]),
            _ => Spectrum(loop, n),
        };
    }

    private void Require(Measurement loop)
    {
        bool ocp = loop.Name == "meas_loop_ocp";
        if (ocp && context.Terminals.On)
        {
            throw new ScriptFault(FaultCode.OcpWithCellOn, loop.Line);
        }

        if (!ocp && !context.Terminals.On)
        {
            throw new ScriptFault(FaultCode.NeedsCellOn, loop.Line);
        }

        RegulationMode needed = loop.Name is "meas_loop_cp" or "meas_loop_geis" ? RegulationMode.Galvanostat : RegulationMode.Potentiostat;
        if (!ocp && context.Terminals.Mode != needed)
        {
            throw new ScriptFault(FaultCode.NotValidInMode, loop.Line);
        }
    }

    private IEnumerable<Reading> Chrono(Measurement loop, double[] n, Action set)
    {
        set();
        return Every(loop, n[3], n[4], () =>
        {
            Store(loop, 0, context.Front.Volts());
            Store(loop, 1, context.Front.Amperes());
        });
    }

    /// <summary>floor(duration/interval) readings, the first after one interval.</summary>
    private IEnumerable<Reading> Every(Measurement loop, double interval, double duration, Action take)
    {
        if (interval <= 0)
        {
            throw new ScriptFault(FaultCode.MustBePositive, loop.Line);
        }

        double start = memory.Now;
        long count = (long)Math.Floor((duration / interval) + 1e-9);
        for (long k = 1; k <= count; k++)
        {
            yield return new Reading(start + (k * interval), take);
        }
    }

    private IEnumerable<Reading> Sweep(Measurement loop, double[] corners, double step, double rate)
    {
        if (step <= 0 || rate <= 0)
        {
            throw new ScriptFault(step == 0 ? FaultCode.NoStep : FaultCode.MustBePositive, loop.Line);
        }

        double start = memory.Now;
        long k = 0;
        for (int scan = 1; scan <= loop.Scans; scan++)
        {
            foreach (double volts in Levels(corners, step, first: scan == 1))
            {
                context.Terminals.SetVolts = commands.Allowed(volts, loop.Line);
                yield return new Reading(start + (++k * step / rate), () => StoreSweep(loop, volts), scan);
            }
        }
    }

    /// <summary>From corner to corner in equal steps; |end - begin| / step + 1 levels, the first corner only in the first scan.</summary>
    private static IEnumerable<double> Levels(double[] corners, double step, bool first)
    {
        if (first)
        {
            yield return corners[0];
        }

        for (int c = 1; c < corners.Length; c++)
        {
            double way = corners[c] - corners[c - 1];
            int steps = (int)Math.Floor((Math.Abs(way) / step) + 1e-6);
            for (int i = 1; i <= steps; i++)
            {
                yield return corners[c - 1] + (Math.Sign(way) * i * step);
            }
        }
    }

    private void StoreSweep(Measurement loop, double volts)
    {
        Store(loop, 0, new ScriptValue(volts, false, "da"));
        Store(loop, 1, context.Front.Amperes());
    }

    private IEnumerable<Reading> Spectrum(Measurement loop, double[] n)
    {
        (double amplitude, double first, double last, double points, double bias) = (n[3], n[4], n[5], n[6], n[7]);
        CheckSpectrum(loop, amplitude, first, last, points);
        bool galvanostatic = loop.Name == "meas_loop_geis";
        if (galvanostatic)
        {
            context.Terminals.SetAmperes = bias;
        }
        else
        {
            context.Terminals.SetVolts = commands.Allowed(bias, loop.Line);
        }

        for (int k = 0; k < (int)points; k++)
        {
            double hertz = points == 1 ? first : first * Math.Pow(last / first, k / (points - 1));
            yield return new Reading(memory.Now + Math.Max(ShortestPointSeconds, Periods / hertz), () => StorePoint(loop, hertz, galvanostatic ? amplitude : amplitude / 100));
        }
    }

    private void CheckSpectrum(Measurement loop, double amplitude, double first, double last, double points)
    {
        if (points < 1)
        {
            throw new ScriptFault(FaultCode.MustBePositive, loop.Line);
        }

        if (Math.Min(first, last) <= 0 || Math.Max(first, last) > context.Model.MaxHertz * (1 + 1e-9))
        {
            throw new ScriptFault(FaultCode.Frequency, loop.Line);
        }

        double largest = loop.Name == "meas_loop_geis" ? context.Model.MaxAmperes : context.Model.MaxAmplitudeVolts;
        if (amplitude <= 0 || amplitude > largest)
        {
            throw new ScriptFault(FaultCode.Amplitude, loop.Line);
        }
    }

    private void StorePoint(Measurement loop, double hertz, double amplitudeAmperes)
    {
        (ScriptValue real, ScriptValue imaginary) = context.Front.Impedance(hertz, amplitudeAmperes);
        Store(loop, 0, new ScriptValue(hertz, false, "dc"));
        Store(loop, 1, real);
        Store(loop, 2, imaginary);
    }

    private void Store(Measurement loop, int argument, ScriptValue value) => memory.Set(loop.Arguments[argument], value);
}
