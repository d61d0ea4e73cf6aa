namespace CellLab.Analysis.DqDv;

/// <summary>dQ/dV at the centres of the bins, smoothed with a Gaussian (kernel cut at 4 sigma, sum 1, zeros outside the data), in Ah/V, positive in both
/// directions. Its area is the charge.</summary>
public sealed class DqDvCurve
{
    /// <summary>Changes with the arithmetic.</summary>
    public const string MethodVersion = "dqdv-histogram-1";

    public const double DefaultBinVolts = 0.005;
    public const double DefaultSigmaVolts = 0.010;

    private const double KernelSigmas = 4;

    private DqDvCurve(double binVolts, int firstBin, double[] ahPerVolt)
    {
        BinVolts = binVolts;
        FirstBin = firstBin;
        AhPerVolt = ahPerVolt;
    }

    public double BinVolts { get; }

    public int FirstBin { get; }

    public IReadOnlyList<double> AhPerVolt { get; }

    public double VoltsAt(double index) => (FirstBin + index + 0.5) * BinVolts;

    /// <param name="sigmaVolts">0 leaves the histogram as it is.</param>
    public static DqDvCurve Of(ChargeHistogram histogram, double sigmaVolts)
    {
        double[] kernel = Kernel(sigmaVolts / histogram.BinVolts);
        int reach = kernel.Length / 2;
        double[] smooth = new double[histogram.Content.Count == 0 ? 0 : histogram.Content.Count + (2 * reach)];
        for (int bin = 0; bin < histogram.Content.Count; bin++)
        {
            double height = histogram.Content[bin] / histogram.BinVolts;
            for (int place = 0; place < kernel.Length && height != 0; place++)
            {
                smooth[bin + place] += height * kernel[place];
            }
        }

        return new DqDvCurve(histogram.BinVolts, histogram.FirstBin - reach, smooth);
    }

    private static double[] Kernel(double sigmaBins)
    {
        int reach = (int)Math.Floor(KernelSigmas * sigmaBins);
        double[] kernel = new double[(2 * reach) + 1];
        for (int place = -reach; place <= reach; place++)
        {
            kernel[place + reach] = sigmaBins > 0 ? Math.Exp(-place * place / (2 * sigmaBins * sigmaBins)) : 1;
        }

        double sum = kernel.Sum();
        return [.. kernel.Select(value => value / sum)];
    }
}
