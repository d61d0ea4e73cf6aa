namespace CellLab.Core.Safety;

public enum GuardKind
{
    /// <summary>A limit was passed for long enough: open the circuit.</summary>
    LimitPassed,

    /// <summary>A sign of a bad contact, or of a current that is not what the program says: tell a person.</summary>
    BadContact,
}

public sealed record GuardFinding(GuardKind Kind, string Text);
