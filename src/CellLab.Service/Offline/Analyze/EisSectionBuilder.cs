using System.Numerics;
using CellLab.Analysis.Impedance;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Service.Offline.Analyze;

/// <summary>A spectrum to the section <c>eis</c>.</summary>
internal static class EisSectionBuilder
{
    private const string DefaultCircuit = "R-(RQ)-(RQ)-W";
    private const double ClassicC = 0.85;
    private const int ClassicMost = 50;
    private const double Valid = 0.01;
    private const double Questionable = 0.05;
    private const double SweepTurns = 10;
    private const int FewestPoints = 5;

    /// <summary>Null where the rows hold no spectrum.</summary>
    public static EisSection? Build(IReadOnlyList<(double Hertz, double Real, double Imaginary)> points, EisInput input, FindingLog log)
    {
        (double Hertz, double Real, double Imaginary)[] sweep = FirstSweep(points, log);
        if (sweep.Length < FewestPoints)
        {
            log.Error("few_points", null, null, $"{sweep.Length} points are too few for an impedance analysis; {FewestPoints} is the least");
            return null;
        }

        var spectrum = new Spectrum([.. sweep.Select(point => point.Hertz)], [.. sweep.Select(point => new Complex(point.Real, point.Imaginary))]);
        return new EisSection(
            new SpectrumEntry(spectrum.Hertz, [.. spectrum.Ohms.Select(ohms => ohms.Real)], [.. spectrum.Ohms.Select(ohms => ohms.Imaginary)]),
            LinKkEntries(spectrum, input),
            CircuitOf(spectrum, input.Circuit ?? new CircuitInput(DefaultCircuit), log),
            WarburgEntries(spectrum, input));
    }

    /// <summary>A frequency of 0 marks rows without impedance; a frequency that turns back by more than ten times begins another sweep.</summary>
    private static (double Hertz, double Real, double Imaginary)[] FirstSweep(IReadOnlyList<(double Hertz, double Real, double Imaginary)> points, FindingLog log)
    {
        var sweep = new List<(double Hertz, double Real, double Imaginary)>();
        foreach ((double Hertz, double Real, double Imaginary) point in points.Where(point => point.Hertz > 0 && (point.Real != 0 || point.Imaginary != 0)))
        {
            if (sweep.Count > 2 && Turns(sweep, point.Hertz))
            {
                log.Warning("more_sweeps", null, null, $"the file holds more than one sweep; the first, of {sweep.Count} points, is analysed");
                break;
            }

            sweep.Add(point);
        }

        return [.. sweep];
    }

    private static bool Turns(List<(double Hertz, double Real, double Imaginary)> sweep, double hertz)
    {
        bool falling = sweep[^1].Hertz < sweep[0].Hertz;
        return falling ? hertz > SweepTurns * sweep[^1].Hertz : hertz < sweep[^1].Hertz / SweepTurns;
    }

    private static LinKkEntry[] LinKkEntries(Spectrum spectrum, EisInput input) => input.LinKk is { } tests
        ? [.. tests.Select(test => Entry(spectrum, test.C ?? (test.MaxM is null ? ClassicC : null), test.RealOnly, Run(spectrum, test)))]
        : [Entry(spectrum, 0.5, false, CellLab.Analysis.Impedance.LinKk.Test(spectrum))];

    private static LinKkResult Run(Spectrum spectrum, LinKkInput test) => test is { C: null, MaxM: { } fixedCount }
        ? CellLab.Analysis.Impedance.LinKk.Fit(spectrum, fixedCount, test.Capacitor ?? false, test.RealOnly)
        : CellLab.Analysis.Impedance.LinKk.Classic(spectrum, test.C ?? ClassicC, test.MaxM ?? ClassicMost, test.Capacitor ?? false, test.RealOnly);

    private static LinKkEntry Entry(Spectrum spectrum, double? c, bool realOnly, LinKkResult result)
    {
        double largest = Math.Max(result.LargestReal, result.LargestImaginary);
        ILookup<bool, double> fits = Enumerable.Range(0, spectrum.Count).ToLookup(
            point => Math.Abs(result.RealResiduals[point]) <= Valid && Math.Abs(result.ImaginaryResiduals[point]) <= Valid, point => spectrum.Hertz[point]);
        double[] good = [.. fits[true]];
        return new LinKkEntry(
            c, realOnly ? "real" : "complex", result.Elements, result.Mu, result.LargestReal, result.LargestImaginary, result.RmsReal, result.RmsImaginary,
            [.. result.Fit.Select(ohms => ohms.Real)], [.. result.Fit.Select(ohms => ohms.Imaginary)], result.Capacitor,
            largest <= Valid ? "valid" : largest <= Questionable ? "questionable" : "invalid",
            [.. fits[false]], good.Length > 0 ? good.Min() : null, good.Length > 0 ? good.Max() : null, CellLab.Analysis.Impedance.LinKk.MethodVersion);
    }

    private static CircuitEntry? CircuitOf(Spectrum spectrum, CircuitInput input, FindingLog log)
    {
        Circuit circuit;
        try
        {
            circuit = Circuit.Parse(input.Code);
        }
        catch (FormatException broken)
        {
            throw new ForeignFileException($"settings, eis.circuit.code: {broken.Message}");
        }

        Spectrum used = input.CapacitiveOnly ? spectrum.Where((_, ohms) => ohms.Imaginary < 0) : spectrum;
        if (used.Count == 0 || CircuitFit.Fit(used, circuit, input.ModulusWeight) is not { } fit)
        {
            log.Warning("few_points", null, null, $"{used.Count} points are too few for the {circuit.Names.Count} parameters of the circuit {input.Code}");
            return null;
        }

        var parameters = circuit.Names.Select((name, index) => (name, Entry: new ParameterEntry(fit.Values[index], fit.Sigmas[index])))
            .ToDictionary(parameter => parameter.name, parameter => parameter.Entry);
        return new CircuitEntry(
            input.Code, parameters, fit.RmsRelative, fit.Points, fit.LargestRelative, fit.ChiSquared, fit.Flags,
            [.. fit.Pairs.Select(pair => new PairEntry(pair.Resistor, pair.Element, pair.TimeConstantSeconds, pair.EffectiveFarad))], CircuitFit.MethodVersion);
    }

    private static WarburgEntry[] WarburgEntries(Spectrum spectrum, EisInput input)
    {
        IEnumerable<WarburgResult?> results = input.Warburg is { } windows
            ? windows.Select(window => window.LowestPoints is { } points
                ? Warburg.LowestPoints(spectrum, points)
                : Warburg.InWindow(spectrum, window.LowHz!.Value, window.HighHz!.Value))
            : [Warburg.Default(spectrum)];
        return
        [
            .. results.OfType<WarburgResult>().Select(result => new WarburgEntry(
                result.Points, [result.LowHz, result.HighHz], result.Sigma, result.Intercept, result.RSquared, result.Points, result.SigmaError,
                result.ImaginarySigma, result.Degrees, result.IsTail, Warburg.Diffusion(result.Sigma, input.AreaCm2, input.ConcentrationMolCm3, input.TemperatureK, input.Electrons), input.AreaCm2, input.ConcentrationMolCm3,
                input.TemperatureK, input.Electrons, Warburg.MethodVersion)),
        ];
    }
}
