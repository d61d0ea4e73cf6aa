using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;

namespace CellLab.HardwareSim.Gas;

/// <summary>Finds or makes the gas path that an instrument of a bench file is on.</summary>
internal static class GasPathFactory
{
    /// <param name="cell">Pipeline of the cell on the line; null for a line of the instrument's own without a cell.</param>
    /// <exception cref="BenchFileException">No such cell, or a flow that is none.</exception>
    public static GasPath Create(BenchContext bench, string at, string deviceId, string? cell, double millilitresPerMinute, double referenceCelsius)
    {
        if (!(millilitresPerMinute is > 0 and <= 1000) || !(referenceCelsius is > -50 and < 100))
        {
            throw bench.File.Wrong(at, "flow_ml_min is above 0 to 1000, flow_reference_c from -50 to 100");
        }

        Func<double, CellView>? found = cell is null ? null : bench.Cells.Find(cell) ?? View(bench, cell) ?? throw bench.File.Wrong(
            $"{at}.cell", $"there is no cell or pipeline '{cell}' above; there are {string.Join(", ", bench.Cells.Names.Concat(bench.Rack.Places.Select(p => p.Name)).Distinct().Take(16))}");
        return bench.GasPaths.GetOrAdd(cell ?? $"/{deviceId}", () => new GasPath(
            found,
            new CarrierFlow(millilitresPerMinute, referenceCelsius),
            bench.GasPaths.LeakOf(cell ?? $"/{deviceId}", bench.Faults)), deviceId);
    }

    private static Func<double, CellView>? View(BenchContext bench, string cell) => bench.Rack.Find(cell) is { } place ? place.View : null;
}
