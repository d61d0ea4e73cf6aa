namespace CellLab.Core.Protocols.Language;

/// <summary>A joining word and the text behind it, with their places in the sentence.</summary>
internal sealed record SentenceClause(string Word, string Value, int Offset, int WordOffset)
{
    /// <exception cref="SentenceException">It is not a quantity of one of these kinds; its place is one of the sentence.</exception>
    public SentenceQuantity Quantity(string expected, params ReadOnlySpan<QuantityKind> kinds)
    {
        try
        {
            return SentenceQuantity.Parse(Value, expected, kinds);
        }
        catch (SentenceException wrong)
        {
            throw wrong.Within(Offset);
        }
    }

    /// <summary>A quantity greater than 0.</summary>
    /// <param name="name">What it is, in the message.</param>
    public SentenceQuantity Positive(string name, string? hint, string expected, params ReadOnlySpan<QuantityKind> kinds)
    {
        SentenceQuantity found = Quantity(expected, kinds);
        return found.Value > 0 ? found : throw new SentenceException($"the {name} '{Value}' must be greater than 0", hint, Offset);
    }
}

/// <summary>A word of a sentence and where it begins.</summary>
internal readonly record struct SentenceWord(string Text, int Offset)
{
    public static IEnumerable<SentenceWord> AllOf(string text)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool blank = i == text.Length || char.IsWhiteSpace(text[i]);
            if (blank && start >= 0)
            {
                yield return new SentenceWord(text[start..i], start);
            }

            start = blank ? -1 : start < 0 ? i : start;
        }
    }
}
