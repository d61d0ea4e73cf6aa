using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.SrsRga.Measuring;

/// <summary>What a probe tells about a head, in words.</summary>
internal static class RgaFindings
{
    public static string State(GasAnalyzerStatus status) => FormattableString.Invariant(
        $"filament {(status.EmissionOn ? $"{status.EmissionAmperes * 1e3:0.00} mA" : "off")}, {(status.MultiplierVolts > 0 ? $"multiplier {status.MultiplierVolts:0} V" : "Faraday cup")}");

    public static IReadOnlyList<string> Of(GasAnalyzerStatus status, RgaHead head)
    {
        List<string> findings = [.. status.Errors];
        if (head.SensitivityMilliamperesPerTorr <= 0)
        {
            findings.Add("no partial-pressure sensitivity is stored (SP): pressures cannot be told, ion currents can");
        }

        if (!head.MultiplierFitted && findings.Count == 0)
        {
            findings.Add("no multiplier is fitted: Faraday cup only");
        }

        findings.Add(ReadingNoise.NotTold("ion currents need a scan, and a probe starts none"));
        return findings;
    }
}
