using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CellLab.Core.Programs;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Writes a program as a step file of BTS 8.0: XML, UTF-8, version 17, Scale 1. Source of elements and units: step files run on
/// BTS 8.0 hardware by the open projects aurora-unicycler and aurora-cycler-manager.</summary>
public static class NewareStepFile
{
    private const string Version = "17";
    private const string ClientVersion = "BTS Client 8.0.0.478(2024.06.24)(R3)";

    /// <param name="remark">Free text of the file's head; the sample's name.</param>
    /// <param name="date">Stands in the file as local to its own offset.</param>
    /// <param name="guid">Identifies the file; any new one.</param>
    /// <param name="activeMassMilligrams">Written into the head when known; nothing is computed with it.</param>
    /// <exception cref="NotSupportedException">A step cannot be said in a step file; the message names it. <see cref="Problems"/> tells beforehand.</exception>
    public static string Write(CellProgram program, string remark, DateTimeOffset date, Guid guid, double? activeMassMilligrams = null)
    {
        var config = new XElement(
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
        return Print(new XElement("root", config));
    }

    /// <summary>What cannot be written, one sentence each with its step; empty when <see cref="Write"/> succeeds.</summary>
    public static IReadOnlyList<string> Problems(CellProgram program) => StepFileCheck.Problems(program);

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
