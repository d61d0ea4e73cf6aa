using CellLab.Core.Devices;
using CellLab.Engine.Setup;

namespace CellLab.Service.Options;

/// <summary>Reads <c>gas</c> of a pipeline. The carrier flow has no default: without its reference temperature every amount of gas may be 9 % wrong.</summary>
internal static class GasReader
{
    private const double HighestMass = 300;
    private const double DaySeconds = 86400;

    public static IReadOnlyDictionary<string, GasLoss> Losses { get; } = new Dictionary<string, GasLoss>(StringComparer.Ordinal)
    {
        ["go-on"] = GasLoss.GoOn, ["hold"] = GasLoss.Hold, ["stop"] = GasLoss.Stop,
    };

    public static GasSetup Read(ConfigurationSection gas, ConfigurationSection pipeline, bool hasSpectrometer)
    {
        if (!hasSpectrometer)
        {
            throw pipeline.Wrong("gas", "the pipeline has no role ms", "Add roles.ms, or remove gas");
        }

        string? panel = gas.OptionalText("panel");
        ConfigurationSection? carrier = gas.OptionalSection("carrier");
        if (panel is null == carrier is null)
        {
            throw pipeline.Wrong("gas", panel is null ? "neither panel nor carrier" : "panel and carrier", "Name the gas panel, whose settings have the carrier flow, or give the carrier flow of a line without a panel");
        }

        var setup = new GasSetup
        {
            Masses = gas.Quantities("masses", 1, HighestMass),
            Interval = TimeSpan.FromSeconds(gas.Quantity("interval_s", 0.1, DaySeconds)),
            DwellSeconds = gas.OptionalQuantity("dwell_s", 1e-4, 100),
            Panel = panel is null ? null : new DeviceId(panel),
            Carrier = carrier is null ? null : Carrier(carrier),
            ChamberPascals = gas.OptionalQuantity("chamber_pa", 0, 1),
            OnFailure = Loss(gas),
            TransitDelaySeconds = gas.OptionalQuantity("transit_delay_s", 0, DaySeconds),
            MixingSeconds = gas.OptionalQuantity("mixing_time_s", 0, DaySeconds),
        };
        gas.Finish();
        return setup;
    }

    private static CarrierFlow Carrier(ConfigurationSection carrier)
    {
        _ = carrier.OptionalQuantity("reference_kpa", 50, 200); // known from here on: it is no misspelt reference_c
        _ = carrier.OptionalQuantity("reference_c", -50, 100);
        var flow = new CarrierFlow(
            carrier.Quantity("flow_ml_min", 1e-3, 1000), carrier.Quantity("reference_c", -50, 100), carrier.Quantity("reference_kpa", 50, 200) * 1000,
            carrier.Quantity("uncertainty", 0, 0.5));
        carrier.Finish();
        return flow;
    }

    private static GasLoss Loss(ConfigurationSection gas) => gas.OptionalText("on_failure") is not { } word ? GasLoss.GoOn
        : Losses.TryGetValue(word, out GasLoss known) ? known
        : throw gas.Wrong("on_failure", $"'{word}' is not known", $"Use one of {string.Join(", ", Losses.Keys)}");
}
