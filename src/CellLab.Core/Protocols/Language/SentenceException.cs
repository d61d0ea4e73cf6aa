namespace CellLab.Core.Protocols.Language;

/// <summary>Why a sentence cannot be read, and what would be right.</summary>
internal sealed class SentenceException(string message, string? hint = null, int? offset = null) : Exception(message)
{
    public string? Hint { get; } = hint;

    /// <summary>Where in the text it is; null when the text as a whole is meant.</summary>
    public int? Offset { get; } = offset;

    /// <summary>The same of a longer text in which this one begins at <paramref name="start"/>.</summary>
    public SentenceException Within(int start) => new(Message, Hint, start + (Offset ?? 0));
}
