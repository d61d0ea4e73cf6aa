namespace CellLab.Analysis.Impedance;

/// <summary>Where fits begin: series resistance from the high end, the width of the arcs shared among the parallel parts, their time constants spread
/// over the measured frequencies, the tail's slope for Warburg elements; then variations of all of it, always the same ones.</summary>
internal static class CircuitStarts
{
    private const int Starts = 24;
    private const double FirstExponent = 0.85;

    public static IEnumerable<double[]> For(Spectrum spectrum, Circuit circuit)
    {
        Features features = Features.Of(spectrum);
        int groups = Math.Max(1, CountGroups(circuit.Root));
        var random = new Random(20240611); // the same starts in every run, so that a result can be repeated
        for (int start = 0; start < Starts; start++)
        {
            double[] values = new double[circuit.Names.Count];
            int group = -1;
            Fill(circuit.Root, values, features, groups, ref group, inGroup: false, start == 0 ? null : random);
            yield return [.. values.Select((value, parameter) => circuit.Exponents[parameter] ? value : Math.Log(value))];
        }
    }

    private static int CountGroups(CircuitNode node) => node switch
    {
        ParallelNode parallel => 1 + parallel.Parts.Sum(CountGroups),
        SeriesNode series => series.Parts.Sum(CountGroups),
        _ => 0,
    };

    private static void Fill(CircuitNode node, double[] values, Features features, int groups, ref int group, bool inGroup, Random? random)
    {
        switch (node)
        {
            case SeriesNode series:
                foreach (CircuitNode part in series.Parts)
                {
                    Fill(part, values, features, groups, ref group, inGroup, random);
                }

                break;
            case ParallelNode parallel:
                group++;
                int own = group;
                foreach (CircuitNode part in parallel.Parts)
                {
                    int current = own;
                    Fill(part, values, features, groups, ref current, inGroup: true, random);
                    group = Math.Max(group, current);
                }

                break;
            case ElementNode element:
                Fill(element, values, features, (Math.Max(group, 0) + 0.5) / groups, groups, inGroup, random);
                break;
        }
    }

    private static void Fill(ElementNode element, double[] values, Features features, double place, int groups, bool inGroup, Random? random)
    {
        double spread = random is null ? 0 : (random.NextDouble() - 0.5) / groups;
        double seconds = features.ShortestSeconds * Math.Pow(features.LongestSeconds / features.ShortestSeconds, Math.Clamp(place + spread, 0, 1));
        double ohms = features.ArcOhms / groups * Factor(random);
        double exponent = random is null ? FirstExponent : 0.6 + (0.4 * random.NextDouble());
        int first = element.First;
        values[first] = element.Kind switch
        {
            ElementKind.Resistor => inGroup ? ohms : features.SeriesOhms * Factor(random),
            ElementKind.Capacitor => seconds / ohms,
            ElementKind.ConstantPhase => Math.Pow(seconds, exponent) / ohms,
            ElementKind.Inductor => features.SeriesOhms * features.ShortestSeconds * 0.1 * Factor(random),
            ElementKind.Warburg => features.TailSigma * Factor(random),
            _ => features.ArcOhms * Factor(random),
        };
        if (element.Kind == ElementKind.ConstantPhase)
        {
            values[first + 1] = exponent;
        }
        else if (element.Kind is ElementKind.OpenWarburg or ElementKind.ShortWarburg)
        {
            values[first + 1] = features.LongestSeconds * Factor(random);
        }
    }

    private static double Factor(Random? random) => random is null ? 1 : Math.Pow(10, random.NextDouble() - 0.5);

    /// <summary>What can be read off a spectrum at once; all above 0.</summary>
    private sealed record Features(double SeriesOhms, double ArcOhms, double TailSigma, double ShortestSeconds, double LongestSeconds)
    {
        public static Features Of(Spectrum spectrum)
        {
            double smallest = spectrum.Ohms.Min(ohms => ohms.Real);
            double largest = spectrum.Ohms.Max(ohms => ohms.Real);
            double modulus = spectrum.Ohms.Max(ohms => ohms.Magnitude);
            int lowest = Enumerable.Range(0, spectrum.Count).MinBy(point => spectrum.Hertz[point]);
            double tail = Math.Abs(spectrum.Ohms[lowest].Imaginary) * Math.Sqrt(spectrum.Radians(lowest));
            double floor = 1e-6 * modulus;
            return new Features(
                Math.Max(smallest, floor), Math.Max(largest - smallest, floor), Math.Max(tail, floor),
                1 / (2 * Math.PI * spectrum.Hertz.Max()), 1 / (2 * Math.PI * spectrum.Hertz.Min()));
        }
    }
}
