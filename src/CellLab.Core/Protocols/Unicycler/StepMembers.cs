using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Unicycler;

/// <summary>The members of one step while it is read.</summary>
internal sealed record StepMembers(MemberReader Members, int Entry, string? Id, string File, ICollection<Finding> Warnings)
{
    public SourcePosition At => Members.At;

    /// <summary>The step has an end that this format does not know: none of its own is needed.</summary>
    public bool EndsOtherwise { get; init; }

    /// <summary>A C-rate as number or text; null when absent or refused.</summary>
    public double? Rate(string name)
    {
        if (Members.Node(name) is not { } node)
        {
            return null;
        }

        if (node is ScalarNode { Kind: ScalarKind.Number or ScalarKind.Text } scalar && RateText.TryParse(scalar.Text, out double rate))
        {
            return rate;
        }

        Members.Refuse(name, $"{name} is {(node is ScalarNode s ? $"'{s.Text}'" : "not a number")}, expected {RateText.Expected}");
        return null;
    }

    /// <summary>The value, or null with a warning when it is 0: the format's own program takes 0 for "not given".</summary>
    public double? NotZero(string name, double? value)
    {
        if (value != 0)
        {
            return value;
        }

        Warn(name, $"{name} is 0 and counts as not given", $"leave {name} out");
        return null;
    }

    public void Warn(string name, string message, string? hint)
    {
        SourcePosition at = Members.PlaceOf(name);
        Warnings.Add(new Finding(File, at.Line, at.Column, Entry > 0 ? $"step {Entry}: {message}" : message, hint));
    }
}
