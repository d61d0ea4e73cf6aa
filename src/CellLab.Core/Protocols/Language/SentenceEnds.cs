namespace CellLab.Core.Protocols.Language;

/// <summary>The ends that a sentence gives a step: <c>for</c> a time, and any number of <c>until</c>, each of its own kind.</summary>
internal sealed record SentenceEnds
{
    public const string DurationExpected = "a time, for example 30 minutes or 2 h";

    public double? Seconds { get; private init; }

    public double? Volts { get; private init; }

    public double? RateC { get; private init; }

    public double? Amperes { get; private init; }

    public double? AmperesPerGram { get; private init; }

    public CapacityEnd? Capacity { get; private init; }

    public bool IsEmpty => this == new SentenceEnds();

    /// <param name="expected">What can stand behind <c>until</c>, for messages.</param>
    public static SentenceEnds Of(SentenceClauses sentence, string expected, params ReadOnlySpan<QuantityKind> kinds)
    {
        var ends = new SentenceEnds { Seconds = sentence.Single("for") is { } time ? SecondsOf(time) : null };
        var seen = new List<(QuantityKind Kind, SentenceClause Clause)>();
        foreach (SentenceClause clause in sentence.All("until"))
        {
            SentenceQuantity found = clause.Quantity(expected, kinds);
            if (seen.Find(earlier => Alike(earlier.Kind, found.Kind)).Clause is { } earlier)
            {
                throw new SentenceException($"it would end at '{earlier.Value}' and at '{clause.Value}'", "keep one of them: the first one reached would end the step", clause.Offset);
            }

            if (found.Kind != QuantityKind.Potential && found.Value <= 0)
            {
                throw new SentenceException($"the end '{clause.Value}' must be greater than 0", "Charge and Discharge say the direction", clause.Offset);
            }

            seen.Add((found.Kind, clause));
            ends = ends.With(found);
        }

        return ends;
    }

    public static double SecondsOf(SentenceClause clause) => clause.Positive("time", null, DurationExpected, QuantityKind.Duration).Value;

    private static bool Alike(QuantityKind one, QuantityKind other) => Group(one) == Group(other);

    private static QuantityKind Group(QuantityKind kind) => kind switch
    {
        QuantityKind.Rate or QuantityKind.SpecificCurrent => QuantityKind.Current,
        QuantityKind.SpecificCapacity => QuantityKind.Capacity,
        _ => kind,
    };

    private SentenceEnds With(SentenceQuantity found) => found.Kind switch
    {
        QuantityKind.Potential => this with { Volts = found.Value },
        QuantityKind.Rate => this with { RateC = found.Value },
        QuantityKind.Current => this with { Amperes = found.Value },
        QuantityKind.SpecificCurrent => this with { AmperesPerGram = found.Value },
        QuantityKind.Capacity => this with { Capacity = new CapacityEnd(found.Value, null) },
        _ => this with { Capacity = new CapacityEnd(null, found.Value) },
    };
}
