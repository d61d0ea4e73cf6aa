using System.Text.RegularExpressions;
using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>A sentence taken apart: its first word, and what stands behind <c>at</c>, <c>for</c>, <c>until</c>, <c>from</c>, <c>to</c> and in
/// <c>(... period)</c> at the end. Grammar: that of PyBaMM's experiment strings, with several ends joined by <c>or</c>, and <c>Scan</c>.</summary>
internal sealed partial class SentenceClauses
{
    public static readonly string[] Verbs = ["Charge", "Discharge", "Hold", "Rest", "Scan"];
    public static readonly string[] JoiningWords = ["at", "for", "until", "or", "from", "to"];

    private readonly List<(string Word, string Value)> _clauses = [];

    private SentenceClauses(string verb, string? period) => (Verb, Period) = (verb, period);

    public string Verb { get; }

    public string? Period { get; }

    /// <exception cref="SentenceException">The text is no sentence.</exception>
    public static SentenceClauses Split(string text, IReadOnlyList<string> blockNames)
    {
        Match period = PeriodAtEnd().Match(text);
        string body = period.Success ? text[..period.Index] : text;
        string[] words = body.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
        {
            throw new SentenceException("the step is empty", $"begin with {string.Join(", ", Verbs)}");
        }

        string verb = VerbOf(words[0], text, blockNames);
        var sentence = new SentenceClauses(verb, period.Success ? period.Groups[1].Value : null);
        sentence.Fill(words);
        return sentence;
    }

    /// <summary>The value behind the word, and no second one.</summary>
    public string? Single(string word)
    {
        string[] values = [.. All(word)];
        return values.Length <= 1 ? values.FirstOrDefault() : throw new SentenceException($"'{word}' stands in it {values.Length} times", "keep one of them");
    }

    public IEnumerable<string> All(string word) => _clauses.Where(clause => clause.Word == word).Select(clause => clause.Value);

    public string Required(string word, string example) =>
        Single(word) ?? throw new SentenceException($"after {Verb}, '{word} ...' is missing", $"for example: {example}");

    public void AllowOnly(params ReadOnlySpan<string> words)
    {
        foreach ((string word, _) in _clauses)
        {
            if (!words.Contains(word))
            {
                throw new SentenceException($"'{word}' does not belong to {Verb}", $"allowed: {string.Join(", ", words.ToArray())}");
            }
        }
    }

    private void Fill(string[] words)
    {
        int i = 1;
        bool joined = false;
        while (i < words.Length)
        {
            string word = words[i++];
            if (word == "or")
            {
                joined = _clauses.Count > 0 && !joined ? true : throw new SentenceException("'or' joins nothing here", "write 'for 2 hours or until 2.0 V'");
                continue;
            }

            RefuseOther(word);
            int start = i;
            while (i < words.Length && !JoiningWords.Contains(words[i]))
            {
                i++;
            }

            _clauses.Add((word, string.Join(' ', words[start..i])));
            joined = false;
        }

        if (joined)
        {
            throw new SentenceException("nothing follows 'or'", "add 'until ...' or 'for ...'");
        }
    }

    private void RefuseOther(string word)
    {
        if (JoiningWords.Contains(word))
        {
            return;
        }

        string? meant = NearMiss.Find(word, JoiningWords);
        throw new SentenceException($"'{word}' was found where {string.Join(", ", JoiningWords.Where(known => known != "or"))} can stand",
            meant is not null && word.All(char.IsAsciiLetter) ? $"did you mean '{meant}'?"
            : Verb is "Charge" or "Discharge" ? $"write '{Verb} at {word} ...'" : null);
    }

    private static string VerbOf(string word, string text, IReadOnlyList<string> blockNames)
    {
        if (Verbs.FirstOrDefault(verb => verb.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        string? meant = NearMiss.Find(text.Trim(), blockNames) ?? NearMiss.Find(word, Verbs);
        string blocks = blockNames.Count == 0 ? "" : $"; or a block: {string.Join(", ", blockNames)}";
        throw new SentenceException($"'{Shown(word)}' begins no step",
            meant is not null ? $"did you mean '{meant}'?" : $"allowed: {string.Join(", ", Verbs)}{blocks}");
    }

    private static string Shown(string word) => word.Length <= 40 ? word : word[..40] + "...";

    [GeneratedRegex(@"\s*\(([^()]*)\speriod\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex PeriodAtEnd();
}
