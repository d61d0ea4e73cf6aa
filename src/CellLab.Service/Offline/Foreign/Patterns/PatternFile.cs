using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Patterns;

/// <summary>A powder pattern: degrees two theta and counts (or counts per second).</summary>
internal sealed partial record PatternFile(string Format, IReadOnlyList<double> Degrees, IReadOnlyList<double> Counts)
{
    private const int FewestPoints = 10;

    /// <summary>Null when the file does not state it.</summary>
    public double? KAlpha1Angstrom { get; init; }

    /// <summary>From the beginning to the end of the scan by the times that the file states; null when it states none.</summary>
    public double? ScanSeconds { get; init; }

    /// <summary><c>.xy</c> and <c>.xye</c> by their name (columns of numbers look like many things), <c>.xrdml</c> by its content; null for other files.</summary>
    public static PatternFile? TryOpen(TextSource source, FindingLog log)
    {
        string extension = Path.GetExtension(source.Path).ToUpperInvariant();
        return extension is ".XY" or ".XYE" ? Columns(source, log)
            : source.Head.Take(5).Any(line => line.Contains("<xrdMeasurements", StringComparison.Ordinal)) ? Xrdml(source)
            : null;
    }

    private static PatternFile Columns(TextSource source, FindingLog log)
    {
        var degrees = new List<double>();
        var counts = new List<double>();
        long row = -1;
        foreach (string line in source.Lines().Where(line => !string.IsNullOrWhiteSpace(line) && line.TrimStart()[0] is not ('#' or '\'' or '!')))
        {
            var fields = new FieldSplitter(line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(',', StringComparison.Ordinal) ? ',' : ' ');
            fields.Split(line);
            if (FieldValue.TryNumber(fields[0], false, out double angle) && FieldValue.TryNumber(fields[1], false, out double count))
            {
                row++;
                degrees.Add(angle);
                counts.Add(count);
            }
            else if (row >= 0)
            {
                log.Warning(ForeignCodes.NotANumber, ++row, null, string.Create(CultureInfo.InvariantCulture, $"row {row}: no angle and count; the row is passed over"));
            }
        }

        return Checked(source, new PatternFile("xy", degrees, counts) { KAlpha1Angstrom = Wavelength(source), ScanSeconds = Seconds(Heading(source, StartHeading()), Heading(source, EndHeading())) });
    }

    /// <summary>Of a heading such as <c># Cu Ka1 1.540593 A</c>.</summary>
    private static double? Wavelength(TextSource source) =>
        source.Head.Take(20).Select(line => WavelengthHeading().Match(line)).FirstOrDefault(match => match.Success) is { } found
            && FieldValue.TryNumber(found.Groups[1].Value, false, out double angstrom) ? angstrom : null;

    [GeneratedRegex(@"^[#!'].*\bKa1?\s+([0-9.]+)\s*A\b", RegexOptions.CultureInvariant)]
    private static partial Regex WavelengthHeading();

    private static string? Heading(TextSource source, Regex heading) =>
        source.Head.Take(20).Select(line => heading.Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;

    [GeneratedRegex(@"^[#!']\s*start(?:\s+time)?\s*:?\s+(\d{4}-\S+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex StartHeading();

    [GeneratedRegex(@"^[#!']\s*end(?:\s+time)?\s*:?\s+(\d{4}-\S+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex EndHeading();

    /// <summary>Both stamps are of one clock, so that their difference needs neither its offset nor its zone.</summary>
    private static double? Seconds(string? from, string? to) =>
        DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset start)
            && DateTimeOffset.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end) && end > start ? (end - start).TotalSeconds : null;

    /// <summary>Panalytical: the ends of the scan and a blank-separated list of counts on an even grid.</summary>
    private static PatternFile Xrdml(TextSource source)
    {
        try
        {
            XDocument document = XDocument.Parse(string.Join('\n', source.Lines()));
            XElement? points = document.Descendants().FirstOrDefault(node => node.Name.LocalName == "dataPoints");
            XElement? axis = points?.Elements().FirstOrDefault(node => node.Name.LocalName == "positions" && (string?)node.Attribute("axis") == "2Theta");
            string? list = points?.Elements().FirstOrDefault(node => node.Name.LocalName is "intensities" or "counts")?.Value;
            double[] counts = [.. (list ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            double start = End(axis, "startPosition"), end = End(axis, "endPosition");
            double[] degrees = [.. counts.Select((_, point) => start + ((end - start) * point / Math.Max(1, counts.Length - 1)))];
            string? wavelength = Text(document, "kAlpha1");
            return Checked(source, new PatternFile("xrdml", degrees, counts)
            {
                KAlpha1Angstrom = FieldValue.TryNumber(wavelength ?? "", false, out double length) ? length : null,
                ScanSeconds = Seconds(Text(document, "startTimeStamp"), Text(document, "endTimeStamp")),
            });
        }
        catch (Exception broken) when (broken is XmlException or FormatException)
        {
            throw new ForeignFileException($"{source.Path}: a broken .xrdml file: {broken.Message}");
        }
    }

    private static string? Text(XDocument document, string name) => document.Descendants().FirstOrDefault(node => node.Name.LocalName == name)?.Value;

    private static double End(XElement? axis, string name) =>
        axis?.Elements().FirstOrDefault(node => node.Name.LocalName == name) is { } end
            ? double.Parse(end.Value, CultureInfo.InvariantCulture)
            : throw new FormatException($"the scan has no {name} of the axis 2Theta");

    private static PatternFile Checked(TextSource source, PatternFile file) => file.Degrees.Count >= FewestPoints
        ? file
        : throw new ForeignFileException($"{source.Path}: {file.Degrees.Count} points of angle and count; a pattern needs at least {FewestPoints}");
}
