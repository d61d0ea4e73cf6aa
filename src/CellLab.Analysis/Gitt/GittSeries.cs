using CellLab.Analysis.Cycling;

namespace CellLab.Analysis.Gitt;

/// <summary>Pulses of a running test, record by record: what lasts at most two hours and is followed by a rest of at least half its length. Not safe for
/// several threads.</summary>
/// <param name="smallestAmperes">Up to this it is rest.</param>
public sealed class GittSeries(double smallestAmperes, GittInputs inputs)
{
    /// <summary>Figures of the electrode, for the pulses that end from now on.</summary>
    public GittInputs Inputs { get; set; } = inputs;

    private readonly PulseFinder _finder = new(smallestAmperes);
    private long _firstRecord;
    private bool _flowing;

    /// <param name="testSeconds">Since the start of the test.</param>
    /// <returns>The pulse before, as soon as the next current begins.</returns>
    public GittPulseResult? Add(in CyclingRecord record, double testSeconds)
    {
        if (!record.IsFinite)
        {
            return null;
        }

        bool flows = Math.Abs(record.Amperes) > smallestAmperes;
        double stepStart = testSeconds - record.StepTimeSeconds;
        GittPulse? pulse = _finder.Add(new GittRecord(testSeconds, record.Volts, record.Amperes, stepStart));
        GittPulseResult? result = Judge(pulse);
        if (flows && !_flowing)
        {
            _firstRecord = record.Sequence;
        }

        _flowing = flows;
        return result;
    }

    /// <summary>The last pulse, when no more records can come.</summary>
    public GittPulseResult? Finish() => Judge(_finder.Finish());

    private GittPulseResult? Judge(GittPulse? pulse) =>
        pulse is { IsLong: false, RestIsShort: false }
            ? GittPulseResult.Of(pulse, GittAnalysis.Evaluate(pulse, Inputs), Inputs, _firstRecord)
            : null;
}
