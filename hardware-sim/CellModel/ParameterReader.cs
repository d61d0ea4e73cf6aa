using System.Text.Json;

namespace CellLab.CellModel;

/// <summary>Turns the members of <c>parameters.json</c> into <see cref="CellParameters"/>.</summary>
internal sealed class ParameterReader(JsonElement root)
{
    public CellParameters Read(string name, JsonElement m) => new()
    {
        Material = name,
        ActiveMassMilligrams = Number(m, "active_mass_mg"),
        PristineCapacity = Number(m, "q0"),
        ActivatedCapacity = Number(m, "q1"),
        PlateauCapacity = Number(m, "q_p"),
        SlowShare = Number(m, "f_slow"),
        SlowSeconds = Number(m, "tau_s"),
        DiffusionSeconds = Number(m, "tau_f"),
        DiffusionGrowthPerCycle = Number(m, "k_d"),
        OhmicOhms = Number(m, "r_ohm"),
        ChargeTransferOhms = Number(m, "r_ct"),
        ChargeTransferGrowthPerCycle = Number(m, "k_r"),
        DoubleLayerFarads = Number(m, "c_dl"),
        HysteresisRate = Number(m, "gamma"),
        ActivationPerSecond = Number(m, "k_act"),
        ActivationVolts = Number(m, "u_act"),
        ActivationWidthVolts = Number(m, "b_act"),
        LossPerSecond = Number(m, "k_loss"),
        LossVolts = Number(m, "v_loss"),
        LossWidthVolts = Number(m, "s_loss"),
        FadePerCycle = Number(m, "k_fade"),
        OxygenTotal = Number(m, "o2_total"),
        OxygenOnset = Number(m, "a_onset"),
        CellLagSeconds = Number(m, "tau_g1"),
        LineLagSeconds = Number(m, "tau_g2"),
        InitialDelithiation = Number(m, "z_initial"),
        OpenCircuit = ReadTables(m.GetProperty("ocv")),
        Ladder = new DiffusionLadder(Numbers(root.GetProperty("ladder"), "lambda"), Numbers(root.GetProperty("ladder"), "weight")),
        Diffraction = ReadDiffraction(m.GetProperty("xrd")),
        Impedance = ReadImpedance(m.GetProperty("eis")),
        LossExponent = Number(root, "loss_exponent"),
        CalendarLossPerSecond = Number(root, "k_calendar"),
        OneCMilliamperesPerGram = Number(root, "one_c_ma_per_g"),
        TemperatureKelvin = Number(root, "temperature_k"),
    };

    private OcvTables ReadTables(JsonElement ocv)
    {
        JsonElement table = root.GetProperty("table");
        var grid = new OcvGrid(
            table.GetProperty("points").GetInt32(), table.GetProperty("fine_points").GetInt32(), Number(table, "u_low"), Number(table, "u_high"));
        return new OcvTables(
            grid, Curve(ocv, "pristine"), Curve(ocv, "charge_fresh"), Curve(ocv, "charge_faded"), Curve(ocv, "discharge_fresh"), Curve(ocv, "discharge_faded"));
    }

    private static OcvCurve Curve(JsonElement ocv, string name)
    {
        JsonElement curve = ocv.GetProperty(name);
        return new OcvCurve(
            Number(curve, "linear"),
            [.. curve.GetProperty("peaks").EnumerateArray().Select(p => new OcvPeak(p[0].GetDouble(), p[1].GetDouble(), p[2].GetDouble()))]);
    }

    private static DiffractionParameters ReadDiffraction(JsonElement x) => new(
        Number(x, "two_theta_discharged"),
        Number(x, "two_theta_charged"),
        Number(x, "intensity_after_first_cycle"),
        Number(x, "intensity_reversible"),
        Number(x, "fwhm"));

    private static ImpedanceParameters ReadImpedance(JsonElement e) =>
        new(Number(e, "rs"), Number(e, "q_film"), Number(e, "a_film"), Number(e, "q_dl"), Number(e, "a_dl"));

    private static double Number(JsonElement e, string name) => e.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement e, string name) => [.. e.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
}
