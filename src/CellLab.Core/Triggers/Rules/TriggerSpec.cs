namespace CellLab.Core.Triggers.Rules;

/// <summary>One trigger step of a protocol: when, how often at most, and what becomes of a trigger that cannot go out.</summary>
public sealed record TriggerSpec
{
    /// <summary>The step's id where it has one, else <c>t</c> and its number.</summary>
    public required string Id { get; init; }

    public required IReadOnlyList<TriggerCondition> Conditions { get; init; }

    public TriggerGuards Guards { get; init; } = new();

    public MissedPolicy Policy { get; init; }

    /// <summary>How long a trigger may wait; null: as <see cref="TriggerSettings"/> says.</summary>
    public double? MaxAgeSeconds { get; init; }

    /// <summary>What one pattern takes; null where the instrument tells it.</summary>
    public double? ExposureSeconds { get; init; }

    /// <summary>Measuring program on the instrument; null: the one that is set there.</summary>
    public string? Program { get; init; }
}

/// <summary>When no trigger is wanted though a condition is true.</summary>
public sealed record TriggerGuards
{
    /// <summary>Between two patterns; a trigger that comes sooner is missed and recorded. Null: exposure and readout set the pace.</summary>
    public double? MinimumIntervalSeconds { get; init; }

    /// <summary>After the program has come to the step.</summary>
    public double QuietSeconds { get; init; }

    /// <summary>Each time the program comes to the step.</summary>
    public int? MostTriggers { get; init; }

    public CycleList? Cycles { get; init; }

    /// <summary>Only while the current is within 5 % of the step's set value.</summary>
    public bool SteadyCurrent { get; init; }
}

/// <summary>Numbers of cycles: <c>1, 5-10</c>.</summary>
public sealed record CycleList(IReadOnlyList<(int First, int Last)> Ranges)
{
    public bool Contains(int cycle) => Ranges.Any(range => cycle >= range.First && cycle <= range.Last);

    /// <returns>Null for a text that is no list.</returns>
    public static CycleList? Parse(string text)
    {
        var ranges = new List<(int, int)>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !Number(ends[0], out int first) || !Number(ends[^1], out int last) || last < first)
            {
                return null;
            }

            ranges.Add((first, last));
        }

        return new CycleList(ranges);
    }

    private static bool Number(string text, out int number) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) && number > 0;
}
