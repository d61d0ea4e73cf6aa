namespace EcoChemie.Autolab.Sdk;

/// <summary>What the instrument shows at one moment of its time.</summary>
/// <param name="Stale">Whoever wants a value must ask for it: the link may be gone.</param>
internal readonly record struct Snapshot(double Seconds, double Volts, double Amperes, bool Cell, bool CurrentOverload, bool PotentialOverload, bool Stale = false);
