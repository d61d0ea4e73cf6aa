using CellLab.Core.Documents;
using CellLab.Core.Protocols.Language;
using CellLab.Core.Protocols.PyBamm;
using CellLab.Core.Protocols.Unicycler;

namespace CellLab.Core.Protocols;

/// <summary>Reads a protocol from the text of a file, JSON or YAML: CellLab's own form when it has the member <c>celllab_protocol</c>, PyBaMM
/// experiment strings (also as <c>.txt</c>, one a line), else unicycler's form. Finds all errors at once.</summary>
public static class ProtocolReader
{
    /// <param name="settings">Values for the file's parameters; only CellLab's own form has any.</param>
    public static ProtocolReading Read(string fileName, string text, IReadOnlyDictionary<string, string>? settings = null)
    {
        settings ??= new Dictionary<string, string>();
        if (PyBammReader.IsText(fileName))
        {
            return settings.Count > 0 ? new ProtocolReading(null, [NoParameters(fileName, new SourcePosition(1, 1))], []) : PyBammReader.ReadText(fileName, text);
        }

        DocumentReading document = DocumentReader.Read(fileName, text);
        return document.Root switch
        {
            MapNode root when LanguageReader.Recognises(root) => LanguageReader.Read(fileName, root, document.Errors, settings),
            { } root when settings.Count > 0 => Refused(document, NoParameters(fileName, root.At)),
            { } root when PyBammReader.Recognises(root) => PyBammReader.Read(fileName, root, document.Errors),
            MapNode root => UnicyclerReader.Read(fileName, root, document.Errors),
            null => new ProtocolReading(null, document.Errors, []),
            _ => Refused(document, NotAnObject(fileName, document.Root)),
        };
    }

    private static ProtocolReading Refused(DocumentReading document, Finding finding) => new(null, [.. document.Errors, finding], []);

    private static Finding NotAnObject(string fileName, DocumentNode root) => new(
        fileName, root.At.Line, root.At.Column, "a protocol is CellLab's own form with celllab_protocol and method, a unicycler object with record and method, or a PyBaMM experiment",
        "see docs/how-to/write-your-own-protocol.md and docs/how-to/protocols-unicycler.md");

    private static Finding NoParameters(string fileName, SourcePosition at) => new(
        fileName, at.Line, at.Column, "values were set, but a file of this form has no parameters", "leave out --set, or write the protocol in CellLab's own form");
}
