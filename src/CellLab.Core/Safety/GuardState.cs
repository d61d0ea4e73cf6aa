namespace CellLab.Core.Safety;

/// <summary>What a <see cref="SafetyGuard"/> remembers between records.</summary>
public readonly record struct GuardState(int RecordsOutside, double OutsideSinceSeconds, double LastVolts, bool HasLast);
