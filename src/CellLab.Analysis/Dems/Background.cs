using MathNet.Numerics;

namespace CellLab.Analysis.Dems;

/// <summary>A background of a signal as a function of time, with its model and values for the record.</summary>
public sealed record Background(string Model, double A, double B, double DecaySeconds, double Origin)
{
    private const double SignificantErrors = 3;

    public double At(double seconds) => Model switch
    {
        "linear" => A + (B * (seconds - Origin)),
        "exponential" => A + (B * Math.Exp(-(seconds - Origin) / DecaySeconds)),
        _ => A,
    };

    /// <summary>Mean of a span.</summary>
    public static Background Constant(TimedSeries span) => new("constant", span.Values.Average(), 0, 0, 0);

    /// <summary>Line through the means of a span before and one after the gas.</summary>
    public static Background Linear(TimedSeries before, TimedSeries after)
    {
        (double start, double first) = (before.Times.Average(), before.Values.Average());
        (double end, double last) = (after.Times.Average(), after.Values.Average());
        return new Background("linear", first, (last - first) / (end - start), 0, start);
    }

    /// <summary>a + b exp(-t/c) through both spans, c sought; with a span before alone, c must be given. Where b is not three standard errors above 0 the
    /// constant is taken: a short span cannot tell a decay from noise.</summary>
    public static Background Exponential(TimedSeries before, TimedSeries? after, double? givenDecaySeconds)
    {
        double origin = before.Times[0];
        (double Seconds, double Value)[] samples =
        [
            .. before.Times.Zip(before.Values, (time, value) => (time - origin, value)),
            .. after is null ? [] : after.Times.Zip(after.Values, (time, value) => (time - origin, value)),
        ];
        double decay = givenDecaySeconds ?? SeekDecay(samples);
        (double a, double b, double error, _) = Solve(samples, decay);
        return Math.Abs(b) < SignificantErrors * error ? Constant(before) : new Background("exponential", a, b, decay, origin);
    }

    private static double SeekDecay((double Seconds, double Value)[] samples)
    {
        double Misfit(double logarithm) => Solve(samples, Math.Exp(logarithm)).Squares;
        double low = Math.Log(100), high = Math.Log(1e6);
        double best = Enumerable.Range(0, 60).Select(step => low + ((high - low) * step / 59)).MinBy(Misfit);
        double width = (high - low) / 59;
        if (best - low < width / 2 || high - best < width / 2)
        {
            return Math.Exp(best); // the misfit falls to an end of the range: no decay of that kind can be told
        }

        return Math.Exp(FindMinimum.OfScalarFunctionConstrained(Misfit, Math.Max(low, best - width), Math.Min(high, best + width), 1e-6));
    }

    private static (double A, double B, double BError, double Squares) Solve((double Seconds, double Value)[] samples, double decay)
    {
        double[] x = [.. samples.Select(sample => Math.Exp(-sample.Seconds / decay))];
        double[] y = [.. samples.Select(sample => sample.Value)];
        double meanX = x.Average(), meanY = y.Average();
        double spread = x.Sum(value => (value - meanX) * (value - meanX));
        double b = spread > 0 ? x.Zip(y, (one, other) => (one - meanX) * (other - meanY)).Sum() / spread : 0;
        double a = meanY - (b * meanX);
        double squares = x.Zip(y, (one, other) => Math.Pow(other - a - (b * one), 2)).Sum();
        double error = samples.Length > 2 && spread > 0 ? Math.Sqrt(squares / (samples.Length - 2) / spread) : double.PositiveInfinity;
        return (a, b, error, squares);
    }
}
