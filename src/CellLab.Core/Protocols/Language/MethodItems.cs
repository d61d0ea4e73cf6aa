using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>One entry of a method or a block in CellLab's protocol file, before blocks are put in place.</summary>
public abstract record MethodItem(SourcePosition At);

/// <summary>A single step; its entry number is given when the method is unfolded.</summary>
public sealed record StepItem(SourcePosition At, ProtocolStep Step) : MethodItem(At);

/// <summary>An entry that could not be read; what is wrong with it has been said.</summary>
public sealed record UnreadItem(SourcePosition At) : MethodItem(At);

/// <summary>A named block, run <paramref name="Passes"/> times.</summary>
public sealed record BlockItem(SourcePosition At, string Block, int Passes) : MethodItem(At);

/// <summary>Entries run <paramref name="Passes"/> times at most. <paramref name="Name"/> groups their results.</summary>
public sealed record RepeatItem(
    SourcePosition At, string? Name, int Passes, IReadOnlyList<MethodItem> Items, IReadOnlyList<RepeatExit> Exits, RepeatInsert? Insert)
    : MethodItem(At)
{
    /// <summary>What its loop step carries of an instrument's own file.</summary>
    public Programs.InstrumentPart? Part { get; init; }
}

/// <summary>Ends a repeat early: <c>capacity &lt; 80 % of cycle 3</c> (<paramref name="Value"/> 0.8, <paramref name="OfCycle"/> 3) or
/// <c>voltage &gt; 4.8 V</c> (volts).</summary>
public sealed record RepeatExit(SourcePosition At, string Quantity, bool Above, double Value, int? OfCycle, string Text);

/// <summary>Entries run after every so many passes; they are a block of their own and no pass of the repeat.</summary>
public sealed record RepeatInsert(SourcePosition At, int EveryPasses, IReadOnlyList<MethodItem> Items);
