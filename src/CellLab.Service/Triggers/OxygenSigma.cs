using CellLab.Analysis.Dems;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Service.Triggers;

/// <summary>m/z 32 over the carrier's m/z 36 (without it, m/z 32 alone): the trailing mean of 300 s or 15 samples above the mean of the background, in
/// standard deviations of the background (<see cref="Onset"/>). Unknown until a background has been taken.</summary>
internal sealed class OxygenSigma : IDerivedQuantity
{
    private const double Oxygen = 32;
    private const double Carrier = 36;
    private const double Tolerance = 0.3;
    private const string Background = "background";
    private const string Run = "run";
    private const int FewestBackground = 10;
    private const double MeanSeconds = 300;
    private const int MeanSamples = 15;

    private readonly List<(double Seconds, double Value)> _background = [];
    private readonly Queue<(double Seconds, double Value)> _recent = [];
    private double? _carrier;
    private (double Mean, double Sigma)? _level;
    private double? _value;

    public double? Next(RecordRow row) => _value;

    public double? Next(CompanionRow row)
    {
        if (row.Body is not IonBody ion)
        {
            return _value;
        }

        if (Math.Abs(ion.MassToCharge - Carrier) < Tolerance)
        {
            _carrier = ion.IonCurrentAmperes > 0 ? ion.IonCurrentAmperes : null;
        }
        else if (Math.Abs(ion.MassToCharge - Oxygen) < Tolerance)
        {
            Take(row.TestTimeSeconds, ion.IonCurrentAmperes / (_carrier ?? 1), ion.Phase);
        }

        return _value;
    }

    private void Take(double seconds, double value, string phase)
    {
        if (phase.StartsWith(Background, StringComparison.Ordinal))
        {
            _background.Add((seconds, value));
            _level = null;
            return;
        }

        if (!phase.StartsWith(Run, StringComparison.Ordinal) || _background.Count < FewestBackground)
        {
            return;
        }

        _level ??= (_background.Average(sample => sample.Value), Onset.Sigma(new TimedSeries(_background)));
        _recent.Enqueue((seconds, value));
        while (_recent.Count > MeanSamples && _recent.Peek().Seconds < seconds - MeanSeconds)
        {
            _recent.Dequeue();
        }

        _value = _recent.Count >= MeanSamples && _level.Value.Sigma > 0 ? (_recent.Average(sample => sample.Value) - _level.Value.Mean) / _level.Value.Sigma : _value;
    }
}
