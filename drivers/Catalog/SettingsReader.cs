using System.Globalization;
using CellLab.Core.Documents;
using Microsoft.Extensions.Configuration;

namespace CellLab.Drivers.Catalog;

/// <summary>Reads the members of one configuration section, remembers which were asked for, and collects every error with its path, so that
/// one start of the service shows all that is wrong.</summary>
public sealed class SettingsReader(IConfigurationSection section, List<string> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string? Text(string name)
    {
        _known.Add(name);
        return string.IsNullOrWhiteSpace(section[name]) ? null : section[name];
    }

    /// <summary>Empty, with an error, when the setting is missing.</summary>
    public string RequiredText(string name, string meaning)
    {
        string? text = Text(name);
        if (text is null)
        {
            Fail(name, $"is missing; expected {meaning}");
        }

        return text ?? "";
    }

    public bool Flag(string name, bool otherwise)
    {
        string? text = Text(name);
        if (text is null || bool.TryParse(text, out otherwise))
        {
            return otherwise;
        }

        Fail(name, $"expected true or false, found '{text}'");
        return otherwise;
    }

    public int Integer(string name, int otherwise, int lowest, int highest)
    {
        string? text = Text(name);
        if (text is null)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= lowest && value <= highest)
        {
            return value;
        }

        Fail(name, $"expected a whole number from {lowest} to {highest}, found '{text}'");
        return otherwise;
    }

    /// <summary>A number with its unit in the setting's name; null when it is missing.</summary>
    public double? Number(string name, double lowest, double highest)
    {
        string? text = Text(name);
        return text is null ? null : InRange(name, text, lowest, highest);
    }

    /// <summary>Numbers greater than 0, in rising order.</summary>
    public IReadOnlyList<double> Numbers(string name, double highest) =>
        [.. List(name).Select(text => InRange(name, text, double.Epsilon, highest)).OfType<double>().Order()];

    private double? InRange(string name, string text, double lowest, double highest)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= lowest && value <= highest)
        {
            return value;
        }

        string from = lowest == double.Epsilon ? "above 0" : lowest.ToString(CultureInfo.InvariantCulture);
        Fail(name, string.Create(CultureInfo.InvariantCulture, $"expected a number from {from} to {highest}, found '{text}'"));
        return null;
    }

    /// <summary>A time in seconds; the setting's name ends in <c>_s</c>.</summary>
    public TimeSpan Seconds(string name, double otherwise, double lowest, double highest)
    {
        string? text = Text(name);
        double value = otherwise;
        if (text is not null
            && !(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= lowest && value <= highest))
        {
            Fail(name, string.Create(CultureInfo.InvariantCulture, $"expected seconds from {lowest} to {highest}, found '{text}'"));
            value = otherwise;
        }

        return TimeSpan.FromSeconds(value);
    }

    /// <summary>One of a few words.</summary>
    public T Word<T>(string name, T otherwise, params ReadOnlySpan<(string Word, T Value)> known)
    {
        string? text = Text(name);
        var words = new List<string>();
        foreach ((string word, T value) in known)
        {
            if (word == text)
            {
                return value;
            }

            words.Add(word);
        }

        if (text is not null)
        {
            Fail(name, $"expected one of {string.Join(", ", words)}, found '{text}'");
        }

        return otherwise;
    }

    /// <summary>The members of one member; null when it is absent. Its own <see cref="RefuseUnknown"/> is the caller's.</summary>
    public SettingsReader? Section(string name)
    {
        _known.Add(name);
        IConfigurationSection inner = section.GetSection(name);
        return inner.Exists() ? new SettingsReader(inner, errors) : null;
    }

    public IReadOnlyList<string> List(string name)
    {
        _known.Add(name);
        return [.. section.GetSection(name).GetChildren().Select(child => child.Value ?? "")];
    }

    public void Fail(string name, string message) => errors.Add($"{PathOf(name)}: {message}");

    /// <summary>To be called last: every member nobody asked for is an error.</summary>
    public void RefuseUnknown()
    {
        foreach (string name in section.GetChildren().Select(c => c.Key).Where(k => !_known.Contains(k)))
        {
            string meant = NearMiss.Find(name, _known) is { } near ? $"did you mean '{near}'? " : "";
            Fail(name, $"is not a setting of this driver; {meant}known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    /// <summary>As it stands in the file: <c>devices[0].settings.time_zone</c>.</summary>
    private string PathOf(string name)
    {
        var path = new System.Text.StringBuilder();
        foreach (string part in section.Path.Split(':'))
        {
            bool index = part.Length > 0 && part.All(char.IsAsciiDigit);
            path.Append(index ? $"[{part}]" : path.Length == 0 ? part : "." + part);
        }

        return path.Append('.').Append(name).ToString();
    }
}
