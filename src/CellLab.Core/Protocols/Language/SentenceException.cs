namespace CellLab.Core.Protocols.Language;

/// <summary>Why a sentence cannot be read, and what would be right.</summary>
internal sealed class SentenceException(string message, string? hint = null) : Exception(message)
{
    public string? Hint { get; } = hint;
}
