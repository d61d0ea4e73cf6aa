using System.Text.Json.Serialization;
using CellLab.Analysis.Cycling;
using CellLab.Analysis.Gitt;
using CellLab.Service.Offline.Foreign.Cyclers;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Analyze;

/// <summary>What the GITT analysis says of a file, with everything D depends on.</summary>
public sealed record GittSection(
    [property: JsonPropertyName("pulses")] IReadOnlyList<GittPulseEntry> Pulses,
    [property: JsonPropertyName("active_mass_mg")] double ActiveMassMg,
    [property: JsonPropertyName("molar_mass_g_mol")] double MolarMassGMol,
    [property: JsonPropertyName("density_g_cm3")] double DensityGCm3,
    [property: JsonPropertyName("area_cm2")] double AreaCm2,
    [property: JsonPropertyName("length_cm")] double LengthCm,
    [property: JsonPropertyName("method")] string Method);

public sealed record GittPulseEntry(
    [property: JsonPropertyName("tau_s")] double TauS,
    [property: JsonPropertyName("d_es_v")] double DEsV,
    [property: JsonPropertyName("d_et_v")] double DEtV,
    [property: JsonPropertyName("d_cm2_s")] double? DCm2S,
    [property: JsonPropertyName("d_whole_pulse_cm2_s")] double? DWholePulseCm2S,
    [property: JsonPropertyName("theta_fit")] double? ThetaFit,
    [property: JsonPropertyName("series_resistance_ohm")] double? SeriesResistanceOhm,
    [property: JsonPropertyName("flags")] IReadOnlyList<string> Flags,
    [property: JsonPropertyName("start_s")] double StartS,
    [property: JsonPropertyName("current_a")] double CurrentA,
    [property: JsonPropertyName("rest_v")] double RestV,
    [property: JsonPropertyName("r2")] double R2,
    [property: JsonPropertyName("window_s")] IReadOnlyList<double> WindowS,
    [property: JsonPropertyName("points")] int Points);

/// <summary>Collects the pulses of a file as its records pass.</summary>
internal sealed class GittCollector(GittInput input, ForeignTable table, CyclerPreview preview)
{
    private readonly GittInputs _inputs = new(input.ActiveMassMg, input.MolarMassGMol, input.DensityGCm3, input.AreaCm2);
    private readonly PulseFinder _finder = new(preview.SmallestAmperes);
    private readonly List<GittPulseEntry> _pulses = [];

    public void Add(in CyclingRecord record, in RowPlace place)
    {
        double? stepStart = table.Has(Quantity.StepSeconds) ? place.TestSeconds - record.StepTimeSeconds : null;
        Keep(_finder.Add(new GittRecord(place.TestSeconds, record.Volts, record.Amperes, stepStart)));
    }

    public GittSection Finish()
    {
        Keep(_finder.Finish());
        return new GittSection(_pulses, input.ActiveMassMg, input.MolarMassGMol, input.DensityGCm3, input.AreaCm2, _inputs.LengthCm, GittAnalysis.MethodVersion);
    }

    private void Keep(GittPulse? pulse)
    {
        if (pulse is null)
        {
            return;
        }

        GittResult result = GittAnalysis.Evaluate(pulse, _inputs);
        _pulses.Add(new GittPulseEntry(
            result.TauSeconds, result.SteadyVolts, result.TransientVolts, result.Diffusion, result.DiffusionWholePulse, result.ThetaFit, result.SeriesOhms,
            result.Flags, pulse.StartSeconds, pulse.Amperes, pulse.RestVoltsBefore, result.RSquared, [result.FitFromSeconds, result.FitToSeconds], result.FitPoints));
    }
}
