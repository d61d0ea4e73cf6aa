using System.Globalization;

namespace CellLab.Core.Safety;

/// <summary>Whether one measurement lies outside the limits.</summary>
public static class LimitCheck
{
    /// <param name="ampereHours">Charge moved in the step so far, either sign.</param>
    /// <returns>Null inside all limits, else one clause that names value and limit.</returns>
    public static string? Passed(SafetyLimits limits, double volts, double amperes, double ampereHours)
    {
        if (volts > limits.MaxVolts)
        {
            return Text($"{volts:F4} V is above the limit of {limits.MaxVolts:F3} V");
        }

        if (volts < limits.MinVolts)
        {
            return Text($"{volts:F4} V is below the limit of {limits.MinVolts:F3} V");
        }

        if (amperes > limits.MaxAmperes)
        {
            return Text($"{amperes * 1e3:F4} mA is above the limit of {limits.MaxAmperes * 1e3:F4} mA");
        }

        if (amperes < limits.MinAmperes)
        {
            return Text($"{amperes * 1e3:F4} mA is below the limit of {limits.MinAmperes * 1e3:F4} mA");
        }

        return Math.Abs(ampereHours) > limits.MaxAmpereHours
            ? Text($"{Math.Abs(ampereHours) * 1e3:F4} mAh in one step is above the limit of {limits.MaxAmpereHours * 1e3:F4} mAh")
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
