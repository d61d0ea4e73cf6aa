using System.Globalization;
using System.Text.Json.Nodes;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.Land.Ccs;

namespace CellLab.Drivers.Land.Decoding;

/// <summary>Decodes a <c>.ccs</c> file block by block.</summary>
public sealed class CcsDecoder : IWireDecoder
{
    public string Kind => "ccs";

    public DecodedBytes Decode(ReadOnlySpan<byte> received)
    {
        var faults = new List<string>();
        if (CcsBlocks.FindStart(received[..Math.Min(received.Length, CcsBlocks.HeadBytes)]) is not { } start)
        {
            faults.Add("no row of blocks with known type words was found up to offset 0x4000; this is not a .ccs file, or it has no step yet");
            return new DecodedBytes(new JsonObject { ["header"] = Json(CcsHeader.Read(received)), ["steps"] = new JsonArray() }, [], faults);
        }

        CcsHeader header = CcsHeader.Read(received[..start]);
        ReadOnlySpan<byte> blocks = Known(received[start..], start, faults);
        CcsLayout layout = CcsLayouts.Decide(blocks) ?? CcsLayout.WithResistance;
        var steps = new CcsStepList(layout);
        for (int offset = 0; offset < blocks.Length; offset += CcsBlocks.BlockBytes)
        {
            steps.Add(blocks.Slice(offset, CcsBlocks.BlockBytes), start + offset, faults);
        }

        var document = new JsonObject
        {
            ["header"] = Json(header), ["start"] = start, ["record_bytes"] = (int)layout, ["records"] = steps.Records, ["end"] = start + blocks.Length,
            ["steps"] = steps.Json,
        };
        return new DecodedBytes(document, [.. Lines(header, start, layout), .. steps.Lines], faults);
    }

    /// <summary>Whole blocks up to the first of an unknown type.</summary>
    private static ReadOnlySpan<byte> Known(ReadOnlySpan<byte> bytes, int start, List<string> faults)
    {
        int length = 0;
        while (length + CcsBlocks.BlockBytes <= bytes.Length && CcsBlocks.IsKnown(CcsBlocks.TypeOf(bytes[length..])))
        {
            length += CcsBlocks.BlockBytes;
        }

        if (bytes.Length - length is > 0 and < CcsBlocks.BlockBytes)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"offset {start + length}: the file ends within a block ({bytes.Length - length} bytes)"));
        }
        else if (length < bytes.Length)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"offset {start + length}: block type 0x{CcsBlocks.TypeOf(bytes[length..]):X} is not known; nothing after it is read"));
        }

        return bytes[..length];
    }

    private static JsonObject Json(CcsHeader header) => new()
    {
        ["test_name"] = header.TestName, ["software"] = header.Software, ["serial"] = header.Serial, ["maker"] = header.Maker,
        ["texts"] = new JsonArray([.. header.Texts.Select(text => (JsonNode)text)]),
    };

    private static IEnumerable<string> Lines(CcsHeader header, int start, CcsLayout layout) =>
    [
        $"test {header.TestName ?? "without a name"}, device {header.Serial ?? "not told"}, program {header.Software ?? "not told"}",
        string.Create(CultureInfo.InvariantCulture, $"blocks from offset 0x{start:X}, records of {(int)layout} bytes"),
    ];
}
