namespace CellLab.Core.Documents;

/// <summary>Something that YAML allows and CellLab's files do not.</summary>
internal sealed class YamlTreeException(SourcePosition at, string message, string? hint = null) : Exception(message)
{
    public SourcePosition At { get; } = at;

    public string? Hint { get; } = hint;
}
