namespace CellLab.Core.Safety;

/// <summary>What the cell must never leave, watched in the instrument and again in the service. Absent limits are null; currents are signed.</summary>
public sealed record SafetyLimits(
    double? MaxVolts, double? MinVolts, double? MaxAmperes, double? MinAmperes, double? MaxAmpereHours, double DelaySeconds);
