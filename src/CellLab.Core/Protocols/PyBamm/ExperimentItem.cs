using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>A part of an experiment: one step, or a part that is passed several times.</summary>
internal abstract record ExperimentItem;

internal sealed record StepItem(ProtocolStep Step) : ExperimentItem;

internal sealed record RepeatItem(IReadOnlyList<ExperimentItem> Items, int Passes) : ExperimentItem
{
    /// <summary>Null for one that only counts.</summary>
    public LoopExits? Exits { get; init; }

    public bool Equals(RepeatItem? other) => other is not null && Passes == other.Passes && Exits == other.Exits && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => HashCode.Combine(Passes, Items.Count);
}
