namespace CellLab.Core.Documents;

/// <summary>A value of a configuration-like document, whatever its notation. <paramref name="Path"/> is the way from the root, for example
/// <c>method[3].until_voltage_V</c> (list places count from 0); the root's is empty.</summary>
public abstract record DocumentNode(string Path, SourcePosition At);

/// <summary>Named members in the order in which they were written; names are unique.</summary>
public sealed record MapNode(string Path, SourcePosition At, IReadOnlyList<MapMember> Members) : DocumentNode(Path, At)
{
    public MapMember? Find(string name) => Members.FirstOrDefault(member => member.Name == name);
}

/// <summary>One member of a <see cref="MapNode"/>; <paramref name="At"/> is the place of its name.</summary>
public sealed record MapMember(string Name, SourcePosition At, DocumentNode Value);

public sealed record ListNode(string Path, SourcePosition At, IReadOnlyList<DocumentNode> Items) : DocumentNode(Path, At);

/// <summary>A value without parts. <paramref name="Text"/> is what was written, without quotes and with escapes resolved.</summary>
public sealed record ScalarNode(string Path, SourcePosition At, ScalarKind Kind, string Text) : DocumentNode(Path, At)
{
    /// <summary>Column at which the text begins where it stands in the file letter by letter on one line; null where it does not.</summary>
    public int? TextColumn { get; init; }

    /// <summary>The place of a letter of the text; that of the whole value where it cannot be told.</summary>
    public SourcePosition PlaceOf(int offset) => TextColumn is { } column ? At with { Column = column + offset } : At;
}

public enum ScalarKind { Null, Boolean, Number, Text }
