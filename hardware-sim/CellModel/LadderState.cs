using System.Runtime.CompilerServices;

namespace CellLab.CellModel;

/// <summary>The twelve poles of the fast domain's diffusion ladder, each a fraction of the host's lithium.</summary>
[InlineArray(Length)]
public struct LadderState
{
    /// <summary>Number of poles fitted to <c>coth(sqrt s)/sqrt s - 1/s</c>; the largest error is 0.13 % up to omega tau = 3e5.</summary>
    public const int Length = 12;

    private double _first;
}
