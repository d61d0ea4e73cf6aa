namespace CellLab.Core.Programs;

/// <summary>A step, or with a body the loop step that closes it. <paramref name="Count"/> is the number of executed steps of all passes.</summary>
internal sealed record ProgramPart(ProgramStep Step, IReadOnlyList<ProgramPart>? Body, long BodyCount, long Count)
{
    public LoopStep? Loop => Body is null ? null : (LoopStep)Step;

    /// <summary>Number of the first step that belongs to it.</summary>
    public int FirstNumber => Body is null ? Step.Number : ((LoopStep)Step).FirstStep;

    /// <summary>The loops within it, itself included.</summary>
    public IEnumerable<LoopStep> Loops => Body is null ? [] : Body.SelectMany(part => part.Loops).Append((LoopStep)Step);
}

/// <summary>A loop round a place of the program, and the places of its present pass. Places count executed steps from 0, as if no loop were left
/// early.</summary>
/// <param name="Pass">By the number it is told by.</param>
internal readonly record struct LoopPlace(LoopStep Loop, int Pass, long PassEnd, long LoopEnd);
