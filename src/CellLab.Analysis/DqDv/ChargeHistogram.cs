namespace CellLab.Analysis.DqDv;

/// <summary>Charge moved in one direction over bins of voltage. Bins have the width h and edges at whole multiples of it; what flows between two
/// records is spread over the bins between their voltages in proportion to the overlap, so that the area is exactly the charge, the order of
/// records does not matter and noise of the voltage cannot make the curve infinite. One record costs only itself.</summary>
public sealed class ChargeHistogram
{
    private const int MostBins = 1 << 20;
    private const double LargestVolts = 100;

    /// <summary>Bins made ready beyond a new end: a voltage moves on, and every bin of its own would copy all the others.</summary>
    private const int Ahead = 64;

    private readonly int _mostBins;
    private double[] _bins = [];
    private int _firstReady;
    private int _count;

    /// <param name="binVolts">h, above 0.</param>
    public ChargeHistogram(double binVolts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(binVolts);
        BinVolts = binVolts;
        _mostBins = (int)Math.Min(MostBins, LargestVolts / binVolts);
    }

    public double BinVolts { get; }

    /// <summary>Number of the first bin: it begins at this times h.</summary>
    public int FirstBin { get; private set; }

    /// <summary>Ah per bin.</summary>
    public IReadOnlyList<double> Content => Used;

    private ArraySegment<double> Used => new(_bins, FirstBin - _firstReady, _count);

    public double TotalAh { get; private set; }

    /// <inheritdoc cref="Add(in BinSpan, double)"/>
    public bool Add(double fromVolts, double toVolts, double ampereHours) => Add(BinSpan.Between(fromVolts, toVolts, BinVolts), ampereHours);

    /// <summary>Voltages beyond 100 V (a wrong unit) are not taken: no cell has them, and they would fill the memory.</summary>
    /// <param name="span">In bins of this width.</param>
    /// <returns>Whether the charge was taken.</returns>
    public bool Add(in BinSpan span, double ampereHours)
    {
        if (ampereHours == 0)
        {
            return true;
        }

        if (!(span.Low > -_mostBins && span.High < _mostBins) || !Reserve(span.First, span.Last))
        {
            return false;
        }

        TotalAh += ampereHours;
        if (span.First == span.Last)
        {
            _bins[span.First - _firstReady] += ampereHours;
        }
        else
        {
            Spread(span, ampereHours);
        }

        return true;
    }

    /// <summary>Adds the content of another histogram of the same bin width, times <paramref name="scale"/>.</summary>
    public void Add(ChargeHistogram other, double scale = 1)
    {
        if (other._count == 0)
        {
            return;
        }

        Reserve(other.FirstBin, other.FirstBin + other._count - 1);
        Span<double> here = _bins.AsSpan(other.FirstBin - _firstReady, other._count);
        ReadOnlySpan<double> there = other.Used;
        for (int bin = 0; bin < there.Length; bin++)
        {
            here[bin] += scale * there[bin];
        }

        TotalAh += scale * other.TotalAh;
    }

    private void Spread(in BinSpan span, double ampereHours)
    {
        double width = span.High - span.Low;
        for (int bin = span.First; bin <= span.Last; bin++)
        {
            double overlap = Math.Min(span.High, bin + 1.0) - Math.Max(span.Low, bin);
            _bins[bin - _firstReady] += ampereHours * (overlap / width);
        }
    }

    private bool Reserve(int first, int last)
    {
        if (_count > 0 && first >= FirstBin && last < FirstBin + _count)
        {
            return true;
        }

        int newFirst = _count == 0 ? first : Math.Min(first, FirstBin);
        int newLast = _count == 0 ? last : Math.Max(last, FirstBin + _count - 1);
        if (newLast - newFirst >= 2 * _mostBins)
        {
            return false;
        }

        if (_bins.Length == 0 || newFirst < _firstReady || newLast >= _firstReady + _bins.Length)
        {
            Widen(newFirst, newLast);
        }

        (FirstBin, _count) = (newFirst, newLast - newFirst + 1);
        return true;
    }

    private void Widen(int first, int last)
    {
        int ready = first - Ahead;
        double[] wider = new double[last + Ahead - ready + 1];
        Used.CopyTo(wider, _count == 0 ? 0 : FirstBin - ready);
        (_bins, _firstReady) = (wider, ready);
    }
}
