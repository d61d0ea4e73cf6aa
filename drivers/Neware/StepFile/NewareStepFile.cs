using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Writes a program as a step file of BTS 8.0: XML, UTF-8, version 17, Scale 1. Source of elements and units: step files run on
/// BTS 8.0 hardware by the open projects aurora-unicycler and aurora-cycler-manager.</summary>
public static class NewareStepFile
{
    /// <summary>Name of the format (<see cref="InstrumentPart.Format"/>).</summary>
    public const string Format = "neware";

    private const string Version = "17";
    private const string ClientVersion = "BTS Client 8.0.0.478(2024.06.24)(R3)";

    /// <param name="remark">Free text of the file's head; the sample's name.</param>
    /// <param name="date">Stands in the file as local to its own offset.</param>
    /// <param name="guid">Identifies the file; any new one.</param>
    /// <param name="activeMassMilligrams">Written into the head when known; nothing is computed with it.</param>
    /// <exception cref="NotSupportedException">A step cannot be said in a step file; the message names it. <see cref="Problems"/> tells beforehand.</exception>
    public static string Write(CellProgram program, string remark, DateTimeOffset date, Guid guid, double? activeMassMilligrams = null)
    {
        XElement config = Config(program, remark, date, guid, activeMassMilligrams);
        if (program.InstrumentPart is { } part)
        {
            WholeTestPart.Merge(config, part, asImported: false);
        }

        return Print(new XElement("root", config));
    }

    /// <summary>A protocol that was read from a step file as that file again, element by element: head and limits as they were, but for date, identity
    /// and Scale (1). Any other protocol as <see cref="Write"/> does.</summary>
    /// <param name="remark">Null for the file's own.</param>
    public static string WriteAgain(CellProgram program, Protocol protocol, string? remark, DateTimeOffset date, Guid guid, double? activeMassMilligrams = null)
    {
        if (protocol.InstrumentPart is not { Format: Format } part)
        {
            return Write(program, remark ?? protocol.SampleName ?? "", date, guid, activeMassMilligrams);
        }

        XElement config = Config(program with { Limits = StepFileKeeper.Stated(protocol.Limits) }, remark ?? protocol.SampleName ?? "", date, guid, null);
        WholeTestPart.Merge(config, part, asImported: true);
        XElement head = config.Element("Head_Info")!;
        if (activeMassMilligrams is { } mass)
        {
            head.Elements().Where(element => element.Name.LocalName is "SCQ" or "SCQ_F").Remove();
            head.Add(StepFileHead.Mass(mass));
        }

        if (remark is null && protocol.SampleName is null)
        {
            head.Element("Remark")?.Remove();
        }

        return Print(new XElement("root", config));
    }

    /// <summary>What cannot be written, one sentence each with its step; empty when <see cref="Write"/> succeeds.</summary>
    public static IReadOnlyList<string> Problems(CellProgram program) => StepFileCheck.Problems(program);

    internal static XElement Config(CellProgram program, string remark, DateTimeOffset date, Guid guid, double? activeMassMilligrams) => new(
        "config",
        new XAttribute("type", "Step File"),
        new XAttribute("version", Version),
        new XAttribute("client_version", ClientVersion),
        new XAttribute("date", date.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)),
        new XAttribute("Guid", guid.ToString()),
        StepFileHead.Head(program, remark, activeMassMilligrams),
        StepFileHead.Whole(program),
        StepFileSteps.All(program),
        new XElement("SMBUS", new XElement("SMBUS_Info", new XAttribute("Num", "0"), new XAttribute("AdjacentInterval", "0"))));

    private static string Print(XElement root)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\r\n" };
        using (XmlWriter writer = XmlWriter.Create(bytes, settings))
        {
            root.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
