using System.Xml;
using System.Xml.Linq;
using CellLab.Core.Documents;
using CellLab.Core.Protocols;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Reads a step file of BTS 8.0 (version 17 of 2021 to 2024, 18 of 2025) into a protocol. What a protocol has no words for (conditions,
/// protections and current ranges of single steps, the head) goes along as <see cref="Core.Programs.InstrumentPart"/> and is written back. A warning that
/// begins with "not carried over" tells what is lost.</summary>
public static class NewareStepFileReader
{
    public const int MaxCharacters = 4 * 1024 * 1024;

    /// <summary>Exports are some 8 deep.</summary>
    private const int MaxDepth = 32;

    private static readonly string[] KnownVersions = ["17", "18"];

    /// <summary>The text is XML, so a step file or nothing that can be read.</summary>
    public static bool Recognises(string text) => text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith('<');

    public static ProtocolReading Read(string fileName, string text)
    {
        var notes = new StepFileNotes(fileName);
        Protocol? protocol = Parse(fileName, text, notes) is { } root ? ReadRoot(fileName, root, notes) : null;
        return new ProtocolReading(notes.Errors.Count == 0 ? protocol : null, InOrder(notes.Errors), InOrder(notes.Warnings));
    }

    private static List<Finding> InOrder(List<Finding> findings) => [.. findings.OrderBy(f => f.Line).ThenBy(f => f.Column)];

    private static XElement? Parse(string fileName, string text, StepFileNotes notes)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MaxCharacters };
        try
        {
            using (var depth = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), settings))
            {
                while (depth.Read())
                {
                    if (depth.Depth > MaxDepth)
                    {
                        IXmlLineInfo place = (IXmlLineInfo)depth;
                        notes.Errors.Add(new Finding(fileName, place.LineNumber, place.LinePosition, FormattableString.Invariant($"elements lie more than {MaxDepth} deep in each other"), "export the step file again"));
                        return null;
                    }
                }
            }

            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root;
        }
        catch (XmlException broken)
        {
            notes.Errors.Add(new Finding(fileName, broken.LineNumber, broken.LinePosition, $"this is not XML: {Plain(broken.Message)}", "export the step file again"));
            return null;
        }
    }

    /// <summary>The runtime's message without the place, which the finding has.</summary>
    private static string Plain(string message) => message.Split(" Line ")[0].TrimEnd('.');

    private static Protocol? ReadRoot(string fileName, XElement root, StepFileNotes notes)
    {
        XElement? config = root.Name == "config" ? root : root.Element("config");
        if (config?.Element("Step_Info") is not { } info)
        {
            notes.Refuse(root, "there is no root/config/Step_Info: this is no step file", "export the step file from the BTS client");
            return null;
        }

        CheckVersion(config, notes);
        var head = new StepFileHeadReader(config, notes);
        WholeTest whole = head.Read();
        IReadOnlyList<ProtocolStep> entries = new StepFileEntries(notes, whole).Read(info);
        return notes.Errors.Count > 0 ? null : StepFileKeeper.Keep(new Protocol
        {
            Name = Path.GetFileNameWithoutExtension(fileName),
            File = fileName,
            SampleName = whole.SampleName,
            CapacityAmpereHours = whole.CapacityAmpereHours,
            Record = whole.Record ?? DefaultRecordRule.For((double?)null),
            Limits = whole.Limits,
            Steps = entries,
        }, config);
    }

    private static void CheckVersion(XElement config, StepFileNotes notes)
    {
        string version = config.Attribute("version")?.Value ?? "";
        if (!KnownVersions.Contains(version))
        {
            notes.Warn(config, $"the file's version is '{version}', known are {string.Join(" and ", KnownVersions)}", "compare the steps with the BTS client");
        }
    }
}
