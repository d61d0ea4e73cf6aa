using System.Globalization;
using System.Xml.Linq;

namespace CellLab.ContractTests.XrdTrigger;

/// <summary>Reads pattern files and finds the centre of their peak.</summary>
internal static class PatternText
{
    public static (double[] Angles, double[] Counts) Read(string path)
    {
        if (path.EndsWith(".xrdml", StringComparison.Ordinal))
        {
            return ReadXrdml(XDocument.Load(path));
        }

        double[][] rows = [.. File.ReadLines(path).Where(l => !l.StartsWith('#')).Select(l => l.Split('\t').Select(Number).ToArray())];
        return ([.. rows.Select(r => r[0])], [.. rows.Select(r => r[1])]);
    }

    /// <summary>Centre of mass under a Gauss window round itself, iterated until the window is symmetric.</summary>
    public static double Centre(double[] angles, double[] counts, double backgroundCounts)
    {
        double centre = angles[Array.IndexOf(counts, counts.Max())];
        for (int pass = 0; pass < 20; pass++)
        {
            double sum = 0;
            double moment = 0;
            for (int i = 0; i < angles.Length; i++)
            {
                double weight = Math.Exp(-Math.Pow((angles[i] - centre) / 0.1, 2)) * (counts[i] - backgroundCounts);
                sum += weight;
                moment += weight * angles[i];
            }

            centre = moment / sum;
        }

        return centre;
    }

    private static (double[] Angles, double[] Counts) ReadXrdml(XDocument document)
    {
        XNamespace ns = document.Root!.GetDefaultNamespace();
        double Of(string name) => Number(document.Descendants(ns + name).Single().Value);
        double[] counts = [.. document.Descendants(ns + "counts").Single().Value.Split(' ').Select(Number)];
        double step = (Of("endPosition") - Of("startPosition")) / (counts.Length - 1);
        return ([.. Enumerable.Range(0, counts.Length).Select(i => Of("startPosition") + (i * step))], counts);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
