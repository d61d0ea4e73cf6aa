using System.Globalization;

namespace CellLab.Core.Triggers.Rules;

/// <summary>What is wrong with a member of a trigger step.</summary>
public sealed record TriggerProblem(string Member, string Message, string? Hint = null);

/// <summary>The members of one trigger step as text, lists joined by commas, read by their forms; what is wrong is collected.</summary>
internal sealed class TriggerValues(IReadOnlyDictionary<string, string> members)
{
    public List<TriggerProblem> Problems { get; } = [];

    public bool Has(string name) => members.ContainsKey(name);

    public string? Text(string name) => members.GetValueOrDefault(name);

    public double? Number(string name) => Has(name) ? One(name, Text(name)!) : null;

    public double? Positive(string name) => Where(name, Number(name), value => value > 0, "a number greater than 0");

    public double? NotNegative(string name) => Where(name, Number(name), value => value >= 0, "a number from 0 on");

    public int? Whole(string name) =>
        (int?)Where(name, Number(name), value => value >= 1 && value <= 1e6 && value == Math.Floor(value), "a whole number from 1 on");

    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
        {
            return false;
        }

        if (text is not ("true" or "false"))
        {
            Problems.Add(new TriggerProblem(name, $"{name} is '{text}', expected true or false"));
        }

        return text == "true";
    }

    public IReadOnlyList<string> Texts(string name) => Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public IReadOnlyList<double> Numbers(string name) => [.. Texts(name).Select(text => One(name, text)).OfType<double>()];

    public CycleList? Cycles(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        CycleList? list = CycleList.Parse(text);
        if (list is null)
        {
            Problems.Add(new TriggerProblem(name, $"{name} is '{text}', expected numbers of cycles", "for example: cycles: 1, 5-10"));
        }

        return list;
    }

    public T Word<T>(string name, T otherwise, params ReadOnlySpan<(string Text, T Value)> words)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        foreach ((string known, T value) in words)
        {
            if (known == text)
            {
                return value;
            }
        }

        var allowed = new List<string>();
        foreach ((string known, _) in words)
        {
            allowed.Add(known);
        }

        Problems.Add(new TriggerProblem(name, $"{name} is '{text}', expected {string.Join(", ", allowed)}", Documents.NearMiss.Find(text, allowed) is { } meant ? $"did you mean '{meant}'?" : null));
        return otherwise;
    }

    /// <summary>Members that say nothing without another one.</summary>
    public void Needs(string name, params ReadOnlySpan<string> others)
    {
        foreach (string other in others)
        {
            if (Has(other))
            {
                return;
            }
        }

        if (Has(name))
        {
            Problems.Add(new TriggerProblem(name, $"{name} says nothing without {string.Join(" or ", others.ToArray())}", $"add {others[0]}, or remove {name}"));
        }
    }

    private double? One(string name, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
        {
            return value;
        }

        Problems.Add(new TriggerProblem(name, $"{name} is '{text}', expected a number"));
        return null;
    }

    private double? Where(string name, double? value, Func<double, bool> allowed, string expected)
    {
        if (value is not { } given || allowed(given))
        {
            return value;
        }

        Problems.Add(new TriggerProblem(name, string.Create(CultureInfo.InvariantCulture, $"{name} is {given}, expected {expected}")));
        return null;
    }
}
