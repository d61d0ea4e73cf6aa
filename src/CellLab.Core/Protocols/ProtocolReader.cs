using CellLab.Core.Documents;
using CellLab.Core.Protocols.PyBamm;
using CellLab.Core.Protocols.Unicycler;

namespace CellLab.Core.Protocols;

/// <summary>Reads a protocol from the text of a file: unicycler JSON, or PyBaMM experiment strings as JSON or (<c>.txt</c>) one a line.
/// Finds all errors at once.</summary>
public static class ProtocolReader
{
    public static ProtocolReading Read(string fileName, string text)
    {
        if (PyBammReader.IsText(fileName))
        {
            return PyBammReader.ReadText(fileName, text);
        }

        DocumentReading document = JsonDocumentReader.Read(fileName, text);
        return document.Root switch
        {
            { } root when PyBammReader.Recognises(root) => PyBammReader.Read(fileName, root, document.Errors),
            MapNode root => UnicyclerReader.Read(fileName, root, document.Errors),
            null => new ProtocolReading(null, document.Errors, []),
            _ => new ProtocolReading(null, [.. document.Errors, NotAnObject(fileName, document.Root)], []),
        };
    }

    private static Finding NotAnObject(string fileName, DocumentNode root) => new(
        fileName, root.At.Line, root.At.Column, "a protocol is a JSON object with the members record and method",
        "see docs/how-to/protocols-unicycler.md");
}
