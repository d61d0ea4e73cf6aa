using System.Globalization;
using System.Text.Json;

namespace CellLab.HardwareSim.PrismaPro;

/// <summary>JSON as the instrument writes it: numbers of scans are padded to 12 characters.</summary>
internal static class PrismaJson
{
    public static string Text(string text) => JsonSerializer.Serialize(text, BenchJson.Written);

    public static string Bool(bool value) => value ? "true" : "false";

    public static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Object(params (string Name, string Value)[] members) => $"{{{string.Join(",", members.Select(m => $"\"{m.Name}\":{m.Value}"))}}}";

    /// <param name="nan">The first value is no number.</param>
    public static string Values(IReadOnlyList<double> values, bool nan = false) =>
        $"[{string.Join(",", values.Select((v, i) => (nan && i == 0 ? "nan" : v.ToString("0.000000e-00", CultureInfo.InvariantCulture)).PadRight(12)))}]";
}
