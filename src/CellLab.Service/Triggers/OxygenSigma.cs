using CellLab.Analysis.Dems;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Service.Triggers;

/// <summary>m/z 32 over the carrier's m/z 36 (without it, m/z 32 alone): the trailing mean of 300 s or 15 samples above the background, in
/// standard deviations of the unsmoothed background (<see cref="Onset"/>). The background decays with 2 h where that can be told from noise, as in the analysis.
/// Unknown until one has been taken.</summary>
internal sealed class OxygenSigma : IDerivedQuantity
{
    private const double Oxygen = 32;
    private const double Carrier = 36;
    private const double Tolerance = 0.3;
    private const string BackgroundPhase = "background";
    private const string Run = "run";
    private const int FewestBackground = 10;
    private const double MeanSeconds = 300;
    private const int MeanSamples = 15;
    private const double DecaySeconds = 7200;

    private readonly List<(double Seconds, double Value)> _background = [];
    private readonly Queue<(double Seconds, double Value)> _recent = [];
    private double? _carrier;
    private (Background Background, double Sigma)? _level;
    private double? _value;

    /// <summary>Readings of oxygen after the background.</summary>
    public long Samples { get; private set; }

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
            Take((row.TakenAtUtc - DateTimeOffset.UnixEpoch).TotalSeconds, ion.IonCurrentAmperes / (_carrier ?? 1), ion.Phase);
        }

        return _value;
    }

    private void Take(double seconds, double value, string phase)
    {
        if (phase.StartsWith(BackgroundPhase, StringComparison.Ordinal))
        {
            _background.Add((seconds, value));
            _level = null;
            return;
        }

        if (!phase.StartsWith(Run, StringComparison.Ordinal) || _background.Count < FewestBackground)
        {
            return;
        }

        (Background background, double sigma) = _level ??= LevelOf(new TimedSeries(_background));
        Samples++;
        _recent.Enqueue((seconds, value - background.At(seconds)));
        while (_recent.Count > MeanSamples && _recent.Peek().Seconds < seconds - MeanSeconds)
        {
            _recent.Dequeue();
        }

        _value = _recent.Count >= MeanSamples && sigma > 0 ? _recent.Average(sample => sample.Value) / sigma : _value;
    }

    private static (Background Background, double Sigma) LevelOf(TimedSeries before)
    {
        Background background = Background.Exponential(before, null, DecaySeconds);
        return (background, Onset.Sigma(before.Select((time, value) => value - background.At(time))));
    }
}
