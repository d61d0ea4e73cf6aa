using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>What 1C is follows from the discharge capacity of this cycle (pass, from 1) of the block, where the method runs it first.</summary>
public sealed record MeasuredIn(SourcePosition At, string Block, int Cycle);
