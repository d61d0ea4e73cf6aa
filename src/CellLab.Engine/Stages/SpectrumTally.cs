using CellLab.Core.Devices;

namespace CellLab.Engine.Stages;

/// <summary>What the points of one spectrum say about themselves, whichever instrument measured it.</summary>
internal sealed class SpectrumTally
{
    /// <summary>No cell has more than this at any frequency, ohm.</summary>
    private const double OpenLeadOhms = 1e7;

    private int _points;
    private int _noNumbers;
    private double _smallestOhms = double.MaxValue;

    public int Overloaded { get; private set; }

    /// <summary>Why it is none, though it has all its points; null when nothing speaks against it.</summary>
    public string? Doubt => _noNumbers > 0 ? FormattableString.Invariant($"{_noNumbers} of {_points} readings are not numbers")
        : _points > 0 && _smallestOhms > OpenLeadOhms ? FormattableString.Invariant($"{_smallestOhms:G2} ohm and more at every frequency: an open lead")
        : null;

    public void Add(IReadOnlyList<SpectrumPoint> points)
    {
        foreach (SpectrumPoint point in points)
        {
            _points++;
            Overloaded += point.Overloaded ? 1 : 0;
            if (point is { RealOhms: { } real, ImaginaryOhms: { } imaginary } && double.IsFinite(real) && double.IsFinite(imaginary))
            {
                _smallestOhms = Math.Min(_smallestOhms, Math.Sqrt((real * real) + (imaginary * imaginary)));
            }
            else
            {
                _noNumbers++;
            }
        }
    }
}
