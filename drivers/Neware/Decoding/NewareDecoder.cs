using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Decoding;

/// <summary>Decodes what a BTS client sent: documents with their command and elements, names and values as they stand on the wire.</summary>
public sealed class NewareDecoder : IWireDecoder
{
    public string Kind => "neware";

    public DecodedBytes Decode(ReadOnlySpan<byte> received)
    {
        var replies = new JsonArray();
        var lines = new List<string>();
        var faults = new List<string>();
        int offset = 0;
        while (NewareCodec.SkipTerminator(received[offset..]) is var skipped && offset + skipped < received.Length)
        {
            ReadOnlySpan<byte> frame = TakeFrame(received, ref offset, faults);
            if (frame.IsEmpty)
            {
                break;
            }

            replies.Add(Read(frame, offset - frame.Length, lines, faults));
        }

        return new DecodedBytes(new JsonObject { ["replies"] = replies }, lines, faults);
    }

    private static ReadOnlySpan<byte> TakeFrame(ReadOnlySpan<byte> received, ref int offset, List<string> faults)
    {
        int searched = 0;
        try
        {
            if (NewareCodec.TryReadFrame(received[offset..], ref searched, out ReadOnlySpan<byte> frame, out int used))
            {
                offset += used;
                return received.Slice(offset - frame.Length, frame.Length);
            }

            faults.Add(At(offset, $"the file ends within a document ({received.Length - offset} bytes)"));
        }
        catch (NewareFormatException error)
        {
            faults.Add(At(offset, error.Message));
        }

        return default;
    }

    private static JsonObject Read(ReadOnlySpan<byte> frame, int offset, List<string> lines, List<string> faults)
    {
        var elements = new JsonArray();
        var reply = new JsonObject { ["offset"] = offset, ["command"] = null, ["elements"] = elements };
        var scanner = new XmlScanner(frame);
        try
        {
            while (scanner.Read())
            {
                if (scanner.Is("cmd"u8))
                {
                    reply["command"] = scanner.Text();
                    lines.Add(At(offset, scanner.Text()));
                }
                else if (!scanner.Is("bts"u8))
                {
                    elements.Add(Element(scanner, lines));
                }
            }
        }
        catch (NewareFormatException error)
        {
            faults.Add(At(offset, error.Message));
        }

        return reply;
    }

    private static JsonObject Element(in XmlScanner scanner, List<string> lines)
    {
        string name = Encoding.UTF8.GetString(scanner.Name);
        string text = scanner.Text();
        var attributes = new JsonObject();
        XmlAttributes found = scanner.Attributes;
        while (found.MoveNext())
        {
            attributes[Encoding.UTF8.GetString(found.Name)] = XmlText.Decode(found.Value);
        }

        lines.Add($"  {name} {string.Join(' ', attributes.Select(a => $"{a.Key}={a.Value}"))}{(text.Length > 0 ? $" : {text}" : "")}");
        return new JsonObject { ["name"] = name, ["attributes"] = attributes, ["text"] = text.Length > 0 ? text : null };
    }

    private static string At(int offset, string text) => string.Create(CultureInfo.InvariantCulture, $"offset {offset}: {text}");
}
