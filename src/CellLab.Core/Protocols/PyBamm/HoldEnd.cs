namespace CellLab.Core.Protocols.PyBamm;

/// <summary>The end of a hold. Without <c>&lt;</c> or <c>&gt;</c> the magnitude of the current falls to the value; with one the sign of the value
/// says the direction (PyBaMM: discharge positive).</summary>
internal static class HoldEnd
{
    /// <summary>The end current or rate, positive while charging; null when it cannot be said, for the reason <paramref name="wrong"/>.</summary>
    public static double? Of(PyBammEnd end, bool charging, out string? wrong)
    {
        double value = end.Value.Value;
        wrong = end.Value.Unit is not (PyBammUnit.CRate or PyBammUnit.Ampere) ? "only a current or a C-rate can end a hold"
            : value == 0 ? "its end current is 0 and never reached"
            : end.Operator is { } sign && sign != (value > 0 ? '<' : '>') ? "it would end while its current grows"
            : null;
        return wrong is not null ? null
            : end.Operator is not null ? -value
            : charging ? Math.Abs(value) : -Math.Abs(value);
    }
}
