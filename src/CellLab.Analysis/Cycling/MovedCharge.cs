namespace CellLab.Analysis.Cycling;

/// <summary>What flowed between two records of one step, both parts positive (Ah); the voltages at both ends (V).</summary>
/// <param name="IntegratedAh">The same by the current alone, positive when charging.</param>
public readonly record struct MovedCharge(double FromVolts, double ToVolts, double ChargeAh, double DischargeAh, double IntegratedAh);
