namespace CellLab.Drivers.XrdTrigger.Helper;

/// <summary>One line of the helper protocol: a word and fields.</summary>
internal sealed record HelperMessage(string Word, IReadOnlyDictionary<string, string> Fields)
{
    public string? this[string field] => Fields.GetValueOrDefault(field);
}

/// <summary>A line that breaks the protocol's rules.</summary>
internal sealed class HelperFormatException(string message) : FormatException(message);
