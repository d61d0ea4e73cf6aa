using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Holds programmed currents against the channel's range (an error) and the current limits (a warning: the limit would end the test as soon as
/// the step begins, which harms nothing, and published examples are like that).</summary>
internal static class CurrentRules
{
    /// <summary>So many times the range is no bold wish but a wrong unit.</summary>
    private const double UnitMistake = 20;

    public static void Check(CompileContext context, IReadOnlyList<ProgramStep> steps, SafetyLimits limits)
    {
        Dictionary<int, ProtocolStep> sources = Sources(context.Protocol.Steps);
        foreach (CurrentStep step in steps.OfType<CurrentStep>())
        {
            CheckOne(context, sources[step.Number], step.CurrentAmperes, limits);
        }

        foreach (VoltageStep step in steps.OfType<VoltageStep>().Where(step => step is { CurrentFirst: true, StartCurrentAmperes: not null }))
        {
            CheckOne(context, sources[step.Number], step.StartCurrentAmperes!.Value, limits);
        }
    }

    public static Dictionary<int, ProtocolStep> Sources(IReadOnlyList<ProtocolStep> steps) =>
        steps.Where(step => step is not TagMark).Select((step, index) => (step, number: index + 1)).ToDictionary(p => p.number, p => p.step);

    private static void CheckOne(CompileContext context, ProtocolStep step, double amperes, SafetyLimits limits)
    {
        string current = QuantityText.Milliamperes(amperes);
        if (Math.Abs(amperes) > context.Options.CurrentRangeAmperes)
        {
            context.Error(step, $"the current {current} is above the channel's range of {QuantityText.Milliamperes(context.Options.CurrentRangeAmperes.Value)}",
                Math.Abs(amperes) / context.Options.CurrentRangeAmperes is >= UnitMistake and <= 1000
                    ? $"check the unit (mA, uA, mA/g) and the sample's mass and capacity: {QuantityText.Milliamperes(amperes * 1e-3)} would fit"
                    : "check mass, capacity and rate, or use a channel with a larger range");
        }

        CheckAssumed(context, step, amperes);
        if (amperes >= limits.MaxAmperes)
        {
            context.Warn(step, $"the current {current} reaches the safety limit max_current_mA {QuantityText.Milliamperes(limits.MaxAmperes.Value)}, which would end the test",
                "raise safety.max_current_mA or lower the current");
        }

        if (amperes <= limits.MinAmperes)
        {
            context.Warn(step, $"the current {current} reaches the safety limit min_current_mA {QuantityText.Milliamperes(limits.MinAmperes.Value)}, which would end the test",
                "lower safety.min_current_mA (discharge currents are negative) or lower the current");
        }
    }

    /// <summary>No channel is chosen, so that only its usual ranges can tell a wrong unit: an error for a cell of known size that belongs on such a
    /// channel, a warning for a file that may be meant for larger cells.</summary>
    private static void CheckAssumed(CompileContext context, ProtocolStep step, double amperes)
    {
        CurrentAccuracy assumed = context.Options.Accuracy;
        if (context.Options is not { AssumesRanges: true, WithoutFigures: false } || assumed.Holds(amperes))
        {
            return;
        }

        string fits = assumed.Holds(amperes * 1e-3) ? $": {QuantityText.Milliamperes(amperes * 1e-3)} would fit" : "";
        string message = $"the current {QuantityText.Milliamperes(amperes)} is above all assumed current ranges ({assumed.RangesText})";
        string hint = $"check the unit (mA, uA, mA/g) and the sample's mass and capacity{fits}; for a channel with larger ranges name them (--ranges) or its pipeline";
        if (context.GivenOneCAmperes is { } oneC && assumed.Holds(oneC))
        {
            context.Error(step, message, hint);
        }
        else
        {
            context.Warn(step, message, hint);
        }
    }
}
