using CellLab.Analysis.Dems;

namespace CellLab.Service.AnalysisRole.Companions.Gas;

/// <summary>Which gases are looked for, by the masses that are measured. O2 and CO2 stand alone at their base peaks; air is added where it leaks in.</summary>
internal static class GasPatterns
{
    /// <summary>Name of the air that leaks in, beside the gases of the cell.</summary>
    public const string Air = "air";

    /// <summary>Cracking pattern of nitrogen at 70 eV (NIST).</summary>
    public const double NitrogenShareAt14 = 0.138;

    /// <summary>Mole ratio of oxygen to nitrogen in dry air (20.95 to 78.08).</summary>
    private const double OxygenOfAir = 0.268;

    private const double CarbonDioxideShareAt28 = 0.0981;

    private static readonly (string Gas, string Mz)[] s_alone = [("O2", "32"), ("CO2", "44")];

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Alone(IReadOnlyDictionary<string, TimedSeries> masses) =>
        s_alone.Where(gas => masses.ContainsKey(gas.Mz)).ToDictionary(gas => gas.Gas, gas => (IReadOnlyDictionary<string, double>)new Dictionary<string, double> { [gas.Mz] = 1 });

    /// <summary>Air as one gas, seen at m/z 28, 14 and 32. Sensitivities for nitrogen and oxygen are taken to be alike, as relative sensitivity factors are within some 15 %.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> WithAir(IReadOnlyDictionary<string, TimedSeries> masses)
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, double>>(Alone(masses));
        if (all.ContainsKey("CO2"))
        {
            all["CO2"] = new Dictionary<string, double> { ["44"] = 1, ["28"] = CarbonDioxideShareAt28 };
        }

        all[Air] = new Dictionary<string, double> { ["28"] = 1, ["14"] = NitrogenShareAt14, ["32"] = OxygenOfAir };
        return all;
    }
}
