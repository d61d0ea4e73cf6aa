using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Unicycler;

/// <summary>Reads <c>loop</c>: the target is an entry number, or in quotes the text of a tag.</summary>
internal static class LoopReader
{
    public static LoopBack? Read(StepMembers step)
    {
        DocumentNode? target = step.Members.Node("loop_to");
        string? tag = null;
        int entry = 1;
        if (target is ScalarNode { Kind: ScalarKind.Text } text)
        {
            tag = text.Text;
        }
        else if (target is null && step.Members.IsWritten("loop_to"))
        {
            step.Members.Refuse("loop_to", "loop_to is empty", "give a tag or an entry number; left out it means entry 1");
        }
        else if (target is not null)
        {
            entry = step.Members.PositiveInteger("loop_to") ?? 0;
        }

        int? passes = step.Members.Required("cycle_count") ? step.Members.PositiveInteger("cycle_count") : null;
        return passes is null ? null : new LoopBack(step.Entry, step.At, step.Id, tag, entry, passes.Value);
    }
}
