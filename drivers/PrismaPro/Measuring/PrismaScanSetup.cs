using System.Globalization;
using CellLab.Core.Devices;

namespace CellLab.Drivers.PrismaPro.Measuring;

/// <summary>The requests that set up and start a plan, in order: stop, channels, range, count, start (PrismaPro API quick start).</summary>
internal static class PrismaScanSetup
{
    /// <summary>Channels of the instrument that a plan may use.</summary>
    public const int MostChannels = 128;

    public const string Stop = "scanSetup/set?scanStop=Immediately";

    public const string Start = "scanSetup/set?scanStart=1";

    /// <summary>What the instrument cannot do of a plan: one sentence, or null.</summary>
    public static string? Problem(IonPlan plan, int highestMass)
    {
        if (plan.Interval < TimeSpan.Zero || plan.DwellSeconds is <= 0)
        {
            return "interval and dwell may not be negative";
        }

        return plan.Kind == IonPlanKind.Masses ? ProblemOfMasses(plan.Masses, highestMass) : ProblemOfSweep(plan, highestMass);
    }

    public static IEnumerable<string> Requests(IonPlan plan, double dwellSeconds)
    {
        yield return Stop;
        string dwell = Number(Math.Max(1, Math.Round(dwellSeconds * 1000)));
        int channels = 1;
        if (plan.Kind == IonPlanKind.Masses)
        {
            channels = plan.Masses.Count;
            for (int i = 0; i < channels; i++)
            {
                yield return $"scanSetup/channels/{i + 1}/set?channelMode=Single&startMass={Number(plan.Masses[i])}&dwell={dwell}&ppamu=1&enabled=True";
            }
        }
        else
        {
            yield return $"scanSetup/channels/1/set?channelMode=Sweep&startMass={plan.First}&stopMass={plan.Last}&dwell={dwell}&ppamu={plan.StepsPerMass}&enabled=True";
        }

        yield return $"scanSetup/set?startChannel=1&stopChannel={channels}";
        yield return $"scanSetup/set?scanInterval={Number(Math.Round(plan.Interval.TotalMilliseconds))}";
        yield return "scanSetup/set?scanCount=-1";
    }

    private static string? ProblemOfMasses(IReadOnlyList<double> masses, int highestMass)
    {
        if (masses.Count is 0 or > MostChannels)
        {
            return $"expected 1 to {MostChannels} masses, found {masses.Count}";
        }

        double[] odd = [.. masses.Where(m => !(m >= 0 && m <= highestMass))];
        return odd.Length == 0
            ? null
            : $"this instrument reads masses from 0 to {highestMass}; found {string.Join(", ", odd.Select(Number))}";
    }

    private static string? ProblemOfSweep(IonPlan plan, int highestMass) =>
        plan.First < 0 || plan.Last > highestMass || plan.First >= plan.Last
            ? $"expected a sweep within 0 to {highestMass}, found {plan.First} to {plan.Last}"
            : plan.StepsPerMass is < 1 or > 255 ? $"expected 1 to 255 points per mass, found {plan.StepsPerMass}" : null;

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
