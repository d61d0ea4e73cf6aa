namespace CellLab.Core.Safety;

/// <summary>What a <see cref="SafetyGuard"/> remembers between records.</summary>
public readonly record struct GuardState(int RecordsOutside, double OutsideSinceSeconds, double LastVolts, bool HasLast)
{
    /// <summary>Records in succession whose constant current is not the programmed one.</summary>
    public int RecordsOff { get; init; }
}
