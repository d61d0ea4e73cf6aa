namespace CellLab.Analysis.Impedance;

/// <summary>A resistor parallel to a constant phase element (or capacitor): time constant (R Q)^(1/n), effective capacitance Q^(1/n) R^((1-n)/n).</summary>
public sealed record CircuitPair(string Resistor, string Element, double TimeConstantSeconds, double EffectiveFarad);

/// <summary>Parallel pairs of a resistor and a constant phase element (or capacitor) can change places without a change of the fit: the one with the
/// shorter time constant comes first.</summary>
internal static class CircuitOrder
{
    /// <summary>The pairs in the circuit's order.</summary>
    public static IReadOnlyList<CircuitPair> Pairs(Circuit circuit, double[] values) =>
    [
        .. Pairs(circuit.Root).Select(pair => pair.Places).Select(places =>
        {
            double[] pair = [.. places.Select(place => values[place])];
            double seconds = SecondsOf(pair);
            return new CircuitPair(circuit.Names[places[0]], circuit.Names[places[1]], seconds, seconds / pair[0]);
        }),
    ];

    public static void Sort(Circuit circuit, double[] values, double?[] sigmas)
    {
        foreach (IGrouping<ElementKind, int[]> alike in Pairs(circuit.Root).GroupBy(pair => pair.Kind, pair => pair.Places))
        {
            int[][] places = [.. alike];
            var sorted = places.Select(pair => (Values: pair.Select(place => values[place]).ToArray(), Sigmas: pair.Select(place => sigmas[place]).ToArray()))
                .OrderBy(pair => SecondsOf(pair.Values)).ToArray();
            for (int pair = 0; pair < places.Length; pair++)
            {
                for (int place = 0; place < places[pair].Length; place++)
                {
                    values[places[pair][place]] = sorted[pair].Values[place];
                    sigmas[places[pair][place]] = sorted[pair].Sigmas[place];
                }
            }
        }
    }

    private static double SecondsOf(double[] pair) => Math.Pow(pair[0] * pair[1], 1 / (pair.Length > 2 ? pair[2] : 1));

    /// <summary>Pairs in series with each other; their places in the order R, Q, n.</summary>
    private static IEnumerable<(ElementKind Kind, int[] Places)> Pairs(CircuitNode root)
    {
        foreach (ParallelNode parallel in (root is SeriesNode series ? series.Parts : [root]).OfType<ParallelNode>())
        {
            ElementNode[] elements = [.. parallel.Parts.OfType<ElementNode>()];
            ElementNode? resistor = elements.FirstOrDefault(element => element.Kind == ElementKind.Resistor);
            ElementNode? other = elements.FirstOrDefault(element => element.Kind is ElementKind.ConstantPhase or ElementKind.Capacitor);
            if (parallel.Parts.Count == 2 && resistor is not null && other is not null)
            {
                yield return (other.Kind, other.Kind == ElementKind.ConstantPhase ? [resistor.First, other.First, other.First + 1] : [resistor.First, other.First]);
            }
        }
    }
}
