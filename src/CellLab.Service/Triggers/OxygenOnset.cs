using CellLab.Analysis.Dems;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Service.Triggers;

/// <summary>The onset of oxygen by the whole rule of <see cref="Onset"/>, as it can be known while the test runs: 1 once the mean has been above 3 sigma for 10 min
/// and 30 samples, 0 before, unknown without a background. It stays 1.</summary>
internal sealed class OxygenOnset : IDerivedQuantity
{
    private readonly OxygenSigma _sigma = new();
    private DateTimeOffset? _above;
    private int _samples;
    private double? _value;

    public double? Next(RecordRow row) => _value;

    public double? Next(CompanionRow row)
    {
        double? before = _sigma.Samples;
        double? sigmas = _sigma.Next(row);
        if (sigmas is null || _value == 1 || _sigma.Samples == before)
        {
            return _value; // no new reading of oxygen
        }

        if (sigmas <= Onset.Sigmas)
        {
            (_above, _samples) = (null, 0);
        }
        else
        {
            _above ??= row.TakenAtUtc;
            _samples++;
        }

        bool certain = _above is { } since && row.TakenAtUtc - since >= Onset.Stays && _samples >= Onset.StaysSamples;
        _value = certain ? 1 : 0;
        return _value;
    }
}
