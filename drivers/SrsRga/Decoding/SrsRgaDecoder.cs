using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.SrsRga.Wire;

namespace CellLab.Drivers.SrsRga.Decoding;

/// <summary>Decodes what an SRS RGA sent: printable bytes up to LF CR are a text answer, everything else is ion currents of four bytes. Without
/// the commands a four-byte current whose bytes happen to be printable and are followed by LF CR is taken for a text.</summary>
public sealed class SrsRgaDecoder : IWireDecoder
{
    public string Kind => "srs-rga";

    public DecodedBytes Decode(ReadOnlySpan<byte> received)
    {
        var buffer = new ReadOnlySequence<byte>(received.ToArray());
        var answers = new JsonArray();
        var lines = new List<string>();
        var faults = new List<string>();
        while (!buffer.IsEmpty)
        {
            long at = received.Length - buffer.Length;
            if (TryTakeText(ref buffer, out string text))
            {
                Add(answers, lines, text);
            }
            else if (RgaCodec.TryReadWords(ref buffer, 1, out double[] amperes))
            {
                answers.Add(new JsonObject { ["ion_current_a"] = amperes[0] });
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{amperes[0]:0.0000e+00} A"));
            }
            else
            {
                faults.Add($"byte {at}: the file ends within an answer ({buffer.Length} bytes)");
                break;
            }
        }

        return new DecodedBytes(new JsonObject { ["answers"] = answers, ["faults"] = new JsonArray([.. faults.Select(f => JsonValue.Create(f))]) }, lines, faults);
    }

    private static bool TryTakeText(ref ReadOnlySequence<byte> buffer, out string text)
    {
        try
        {
            return RgaCodec.TryReadText(ref buffer, out text) && text.Length > 0;
        }
        catch (RgaFormatException)
        {
            text = "";
            return false;
        }
    }

    private static void Add(JsonArray answers, List<string> lines, string text)
    {
        var answer = new JsonObject { ["text"] = text };
        try
        {
            RgaIdentity identity = RgaIdentity.Parse(text);
            answer["identity"] = new JsonObject { ["model"] = identity.Model, ["serial"] = identity.Serial, ["firmware"] = identity.Firmware };
        }
        catch (RgaFormatException)
        {
            // any other text: a number, STATUS, an error byte
        }

        answers.Add(answer);
        lines.Add(text);
    }
}
