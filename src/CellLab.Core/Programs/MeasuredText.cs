using System.Globalization;

namespace CellLab.Core.Programs;

internal static class MeasuredText
{
    public static string Implausible(double measuredAmpereHours, double nominalAmpereHours) => string.Create(CultureInfo.InvariantCulture,
        $"the capacity measured for the rates that follow is {measuredAmpereHours * 1e3:0.####} mAh, expected {MeasuredBase.SmallestShare:0.#} to {MeasuredBase.LargestShare:0.#} times the nominal {nominalAmpereHours * 1e3:0.####} mAh; look at the cell and its mass");
}
