using CellLab.Core.Samples;

namespace CellLab.Analysis.Cycling;

/// <summary>Electrochemical cycle count in whole steps (data formats, section 7).</summary>
public sealed class CountState
{
    public int Count { get; set; }
    public bool Armed { get; set; } = true;

    public bool WouldRise(double chargeAh, double dischargeAh, CyclingSettings settings) =>
        Armed && (settings.Leading == LeadingDirection.Charge ? chargeAh : dischargeAh) >= 0.001 * settings.NominalAmpereHours;

    public void EndStep(bool began, double chargeAh, double dischargeAh, CyclingSettings settings)
    {
        bool other = (settings.Leading == LeadingDirection.Charge ? dischargeAh : chargeAh) >= 0.001 * settings.NominalAmpereHours;
        Armed = Count == 0 || other || (Armed && !began);
    }
}
