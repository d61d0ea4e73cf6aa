using System.Text.RegularExpressions;
using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>A sentence taken apart: its first word, and what stands behind <c>at</c>, <c>for</c>, <c>until</c>, <c>from</c>, <c>to</c> and in
/// <c>(... period)</c> at the end. Grammar: that of PyBaMM's experiment strings, with several ends joined by <c>or</c>, and <c>Scan</c>.</summary>
internal sealed partial class SentenceClauses
{
    public static readonly string[] Verbs = ["Charge", "Discharge", "Hold", "Rest", "Scan"];
    public static readonly string[] JoiningWords = ["at", "for", "until", "or", "from", "to"];

    private readonly List<SentenceClause> _clauses = [];

    private SentenceClauses(string verb, SentenceClause? period) => (Verb, Period) = (verb, period);

    public string Verb { get; }

    public SentenceClause? Period { get; }

    /// <exception cref="SentenceException">The text is no sentence.</exception>
    public static SentenceClauses Split(string text, IReadOnlyList<string> blockNames)
    {
        Match period = PeriodAtEnd().Match(text);
        SentenceWord[] words = [.. SentenceWord.AllOf(period.Success ? text[..period.Index] : text)];
        if (words.Length == 0)
        {
            throw new SentenceException("the step is empty", $"begin with {string.Join(", ", Verbs)}");
        }

        string verb = VerbOf(words[0], text, blockNames);
        var sentence = new SentenceClauses(verb, period.Success ? new SentenceClause("period", period.Groups[1].Value, period.Groups[1].Index, period.Groups[1].Index) : null);
        sentence.Fill(words);
        return sentence;
    }

    /// <summary>What stands behind the word, and no second one.</summary>
    public SentenceClause? Single(string word)
    {
        SentenceClause[] values = [.. All(word)];
        return values.Length <= 1 ? values.FirstOrDefault() : throw new SentenceException($"'{word}' stands in it {values.Length} times", "keep one of them", values[1].WordOffset);
    }

    public IEnumerable<SentenceClause> All(string word) => _clauses.Where(clause => clause.Word == word);

    public SentenceClause Required(string word, string example) =>
        Single(word) ?? throw new SentenceException($"after {Verb}, '{word} ...' is missing", $"for example: {example}");

    public void AllowOnly(params ReadOnlySpan<string> words)
    {
        foreach (SentenceClause clause in _clauses)
        {
            if (!words.Contains(clause.Word))
            {
                throw new SentenceException($"'{clause.Word}' does not belong to {Verb}", $"allowed: {string.Join(", ", words.ToArray())}", clause.WordOffset);
            }
        }
    }

    private void Fill(SentenceWord[] words)
    {
        int i = 1;
        SentenceWord? joined = null;
        while (i < words.Length)
        {
            SentenceWord word = words[i++];
            if (word.Text == "or")
            {
                joined = _clauses.Count > 0 && joined is null ? word : throw new SentenceException("'or' joins nothing here", "write 'for 2 hours or until 2.0 V'", word.Offset);
                continue;
            }

            RefuseOther(word);
            int start = i;
            while (i < words.Length && !JoiningWords.Contains(words[i].Text))
            {
                i++;
            }

            int offset = start < i ? words[start].Offset : word.Offset;
            _clauses.Add(new SentenceClause(word.Text, string.Join(' ', words[start..i].Select(part => part.Text)), offset, word.Offset));
            joined = null;
        }

        if (joined is { } last)
        {
            throw new SentenceException("nothing follows 'or'", "add 'until ...' or 'for ...'", last.Offset);
        }
    }

    private void RefuseOther(SentenceWord word)
    {
        if (JoiningWords.Contains(word.Text))
        {
            return;
        }

        string? meant = NearMiss.Find(word.Text, JoiningWords);
        throw new SentenceException($"'{word.Text}' was found where {string.Join(", ", JoiningWords.Where(known => known != "or"))} can stand",
            meant is not null && word.Text.All(char.IsAsciiLetter) ? $"did you mean '{meant}'?"
            : Verb is "Charge" or "Discharge" ? $"write '{Verb} at {word.Text} ...'" : null, word.Offset);
    }

    private static string VerbOf(SentenceWord first, string text, IReadOnlyList<string> blockNames)
    {
        string word = first.Text;
        if (Verbs.FirstOrDefault(verb => verb.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        string? meant = NearMiss.Find(text.Trim(), blockNames) ?? NearMiss.Find(word, Verbs);
        string blocks = blockNames.Count == 0 ? "" : $"; or a block: {string.Join(", ", blockNames)}";
        throw new SentenceException($"'{Shown(word)}' begins no step",
            meant is not null ? $"did you mean '{meant}'?" : $"allowed: {string.Join(", ", Verbs)}{blocks}", first.Offset);
    }

    private static string Shown(string word) => word.Length <= 40 ? word : word[..40] + "...";

    [GeneratedRegex(@"\s*\(([^()]*)\speriod\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex PeriodAtEnd();
}
