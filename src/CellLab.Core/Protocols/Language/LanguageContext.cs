using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>One file while it is read: what was found in it.</summary>
internal sealed class LanguageContext(string file, IEnumerable<Finding> earlier)
{
    public string File { get; } = file;

    public List<Finding> Errors { get; } = [.. earlier];

    public List<Finding> Warnings { get; } = [];

    /// <summary>The names of the blocks, for suggestions.</summary>
    public IReadOnlyList<string> BlockNames { get; set; } = [];

    /// <summary>The last sentence that charges (true) and the last that discharges with a constant current, in the order of the file.</summary>
    public Dictionary<bool, ConstantCurrentStep> LastCurrents { get; } = [];

    public void Error(SourcePosition at, string message, string? hint = null) => Errors.Add(At(at, message, hint));

    public void Warn(SourcePosition at, string message, string? hint = null) => Warnings.Add(At(at, message, hint));

    public MemberReader Members(MapNode map, string where) => new(map, File, where, Errors, blankIsNull: true);

    /// <summary>Refuses members without a value: a line left unfinished must not be taken for one left out.</summary>
    public void RefuseEmpty(MapNode map, params ReadOnlySpan<string> except)
    {
        foreach (MapMember member in map.Members)
        {
            if (member.Value is ScalarNode value && (value.Kind == ScalarKind.Null || string.IsNullOrWhiteSpace(value.Text)) && !except.Contains(member.Name))
            {
                Error(member.At, $"'{member.Name}' has no value", "give it one, or remove the line");
            }
        }
    }

    private Finding At(SourcePosition at, string message, string? hint) => new(File, at.Line, at.Column, message, hint);
}
