namespace CellLab.AutolabBridge.Running;

/// <summary>One look at the instrument. <paramref name="Seconds"/> on the run's clock; current in the instrument's sign.</summary>
internal readonly record struct Reading(double Seconds, double Volts, double Amperes, bool CurrentOverload, bool PotentialOverload)
{
    public bool IsNumber => Finite.IsFinite(Volts) && Finite.IsFinite(Amperes);
}
