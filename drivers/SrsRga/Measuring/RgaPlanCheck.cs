using System.Globalization;
using CellLab.Core.Devices;

namespace CellLab.Drivers.SrsRga.Measuring;

/// <summary>What a head cannot do of a plan.</summary>
internal static class RgaPlanCheck
{
    /// <summary>One sentence, or null.</summary>
    public static string? Problem(IonPlan plan, int highestMass)
    {
        if (plan.Interval < TimeSpan.Zero || plan.DwellSeconds is <= 0)
        {
            return "interval and dwell may not be negative";
        }

        return plan.Kind == IonPlanKind.Masses ? ProblemOfMasses(plan.Masses, highestMass) : ProblemOfSweep(plan, highestMass);
    }

    private static string? ProblemOfMasses(IReadOnlyList<double> masses, int highestMass)
    {
        if (masses.Count == 0)
        {
            return "the plan names no mass";
        }

        double[] odd = [.. masses.Where(m => m != Math.Floor(m) || m < 1 || m > highestMass)];
        return odd.Length == 0
            ? null
            : $"this head reads whole masses from 1 to {highestMass}; found {string.Join(", ", odd.Select(m => m.ToString(CultureInfo.InvariantCulture)))}";
    }

    private static string? ProblemOfSweep(IonPlan plan, int highestMass)
    {
        if (plan.First < 1 || plan.Last > highestMass || plan.First > plan.Last)
        {
            return $"expected a sweep from 1 or above to {highestMass} or below, found {plan.First} to {plan.Last}";
        }

        return plan.Kind == IonPlanKind.Analog && plan.StepsPerMass is < 10 or > 25
            ? $"expected 10 to 25 steps per mass, found {plan.StepsPerMass}"
            : null;
    }
}
