namespace CellLab.Core.Safety;

public enum GuardKind
{
    /// <summary>A limit was passed for long enough: open the circuit.</summary>
    LimitPassed,

    /// <summary>A sign of a bad contact in the first minute: tell a person.</summary>
    BadContact,
}

public sealed record GuardFinding(GuardKind Kind, string Text);
