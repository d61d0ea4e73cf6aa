namespace CellLab.Drivers.MethodScript.Wire;

/// <summary>What the instrument says about one value; several at once.</summary>
[Flags]
internal enum PackageStatus
{
    None = 0,
    TimingMissed = 1,
    Overload = 2,
    Underload = 4,
    OverloadWarning = 8,
}

/// <summary>One value of a package.</summary>
/// <param name="Type">Two letters, see <see cref="VariableTypes"/>.</param>
/// <param name="Raw">The digits and the prefix as they came.</param>
/// <param name="Value">In SI units; null where the instrument says "not a number".</param>
/// <param name="Range">Index of the measuring range; its meaning goes with the model and, for <c>cd</c>, with the potential.</param>
/// <param name="Noise">The instrument's own figure, 0 the best.</param>
internal sealed record PackageVariable(string Type, string Raw, double? Value, PackageStatus? Status, int? Range, int? Noise);
