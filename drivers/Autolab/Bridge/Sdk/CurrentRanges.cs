namespace CellLab.AutolabBridge.Sdk;

/// <summary>Current ranges by the names of the SDK's <c>EICurrentRange</c>, rising.</summary>
internal static class CurrentRanges
{
    private static readonly (double Amperes, string Name)[] s_all =
    [
        (1e-12, "CR19_1pA"), (10e-12, "CR18_10pA"), (100e-12, "CR17_100pA"), (1e-9, "CR16_1nA"), (10e-9, "CR15_10nA"), (100e-9, "CR14_100nA"),
        (1e-6, "CR13_1uA"), (10e-6, "CR12_10uA"), (100e-6, "CR11_100uA"), (1e-3, "CR10_1mA"), (10e-3, "CR09_10mA"), (100e-3, "CR08_100mA"),
        (1, "CR07_1A"), (10, "CR06_10A"), (20, "CR05_20A"), (40, "CR04_40A"), (50, "CR03_50A"), (80, "CR02_80A"), (100, "CR01_100A"), (1000, "CR00_1000A"),
    ];

    /// <summary>What an instrument without booster has, 10 nA to 1 A: steps up and down stay within.</summary>
    public const double Lowest = 10e-9;

    public const double Highest = 1;

    /// <summary>The smallest range of the instrument that holds the current, A.</summary>
    public static double For(double amperes) =>
        s_all.Select(range => range.Amperes).FirstOrDefault(range => range >= Lowest && range <= Highest && range >= Math.Abs(amperes) * (1 - 1e-9)) is > 0 and var found
            ? found : Highest;

    public static string NameOf(double range) => s_all.First(one => Math.Abs(one.Amperes - range) <= 1e-6 * range).Name;
}
