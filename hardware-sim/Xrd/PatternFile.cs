using System.Globalization;
using System.Text;

namespace CellLab.HardwareSim.Xrd;

/// <summary>Writes a pattern: <c>.xrdml</c> as an Aeris does (positions and one list of counts), else two columns <c>.xy</c>.</summary>
internal static class PatternFile
{
    /// <returns>The path. The file appears as a whole.</returns>
    public static string Write(string folder, string name, bool xrdml, IReadOnlyList<double> angles, long[] counts, DateTimeOffset from, DateTimeOffset to)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name + (xrdml ? ".xrdml" : ".xy"));
        File.WriteAllText(path + ".new", xrdml ? Xrdml(name, angles, counts, from, to) : Columns(name, angles, counts, from, to));
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    private static string Columns(string name, IReadOnlyList<double> angles, long[] counts, DateTimeOffset from, DateTimeOffset to)
    {
        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture, $"# {name}\n# Cu Ka1 1.540593 A\n# start {from:O}\n# end {to:O}\n# two_theta_deg counts\n"));
        for (int i = 0; i < counts.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{angles[i]:F4}\t{counts[i]}\n");
        }

        return text.ToString();
    }

    private static string Xrdml(string name, IReadOnlyList<double> angles, long[] counts, DateTimeOffset from, DateTimeOffset to) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <xrdMeasurements xmlns="http://www.xrdml.com/XRDMeasurement/1.5">
          <sample><id>{name}</id></sample>
          <xrdMeasurement>
            <usedWavelength><kAlpha1 unit="Angstrom">1.540593</kAlpha1></usedWavelength>
            <scan><header><startTimeStamp>{from:O}</startTimeStamp><endTimeStamp>{to:O}</endTimeStamp></header>
              <dataPoints>
                <positions axis="2Theta" unit="deg"><startPosition>{angles[0]:F4}</startPosition><endPosition>{angles[^1]:F4}</endPosition></positions>
                <counts unit="counts">{string.Join(' ', counts)}</counts>
              </dataPoints>
            </scan>
          </xrdMeasurement>
        </xrdMeasurements>

        """);
}
