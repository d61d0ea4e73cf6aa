using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CellLab.HardwareSim.Neware.Wire;

/// <summary>One request document. Counts are not trusted, stray text is ignored.</summary>
internal sealed class BtsRequest(XElement root)
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit };

    /// <summary>Case sensitive; empty when the document names none.</summary>
    public string Command { get; } = (root.Element("cmd")?.Value ?? "").Trim();

    /// <summary>The elements of this name, in the list or beside it, in order.</summary>
    public IEnumerable<XElement> Items(string name) => root.Elements(name).Concat(root.Elements("list").Elements(name));

    public XElement? List => root.Element("list");

    public string Text(string name) => (root.Element(name)?.Value ?? "").Trim();

    /// <summary>Null when the bytes are not an XML document with root <c>bts</c>.</summary>
    public static BtsRequest? TryParse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(bytes).Trim()), Settings);
            XElement? root = XDocument.Load(reader).Root;
            return root?.Name.LocalName == "bts" ? new BtsRequest(root) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
