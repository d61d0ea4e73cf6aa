using System.Globalization;
using System.Text.Json;

namespace CellLab.Storage.Export;

/// <summary>What stands above the numbers of an ixdat CSV file: attributes, which time column belongs to which values, other names of columns, the
/// number of these lines, an empty one, and the columns.</summary>
internal sealed class IxdatHead(string name, DateTimeOffset origin, IReadOnlyList<string> masses)
{
    private const string Time = "time/s";
    private const string Potential = "raw_potential / [V]";
    private const string Current = "raw_current / [mA]";
    private const string Cycle = "cycle number";

    public IEnumerable<string> Lines()
    {
        List<string> head =
        [
            $"name = {name.ReplaceLineEndings(" ").Replace(" = ", " ", StringComparison.Ordinal)}",
            $"technique = {(masses.Count > 0 ? "EC-MS" : "EC")}",
            string.Create(CultureInfo.InvariantCulture, $"tstamp = {(origin.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 1e7:R}"),
            $"timecol '{Time}' for: '{Potential}' and '{Current}' and '{Cycle}'",
            .. masses.Select(mass => $"timecol '{TimeOf(mass)}' for: '{mass}'"),
            "aliases = " + JsonSerializer.Serialize(new Dictionary<string, string[]>
            {
                ["t"] = [Time], ["raw_potential"] = [Potential], ["raw_current"] = [Current], ["cycle"] = [Cycle],
            }),
        ];
        head.Add(string.Create(CultureInfo.InvariantCulture, $"N_header_lines = {head.Count + 3}"));
        head.Add("");
        return [.. head, string.Join(',', [Time, Potential, Current, Cycle, .. masses.SelectMany(mass => (string[])[TimeOf(mass), mass])])];
    }

    private static string TimeOf(string mass) => $"{mass} time/s";
}
