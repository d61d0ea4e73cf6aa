using CellLab.Drivers.Catalog;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Decoding;

/// <summary>Decodes everything that a MethodSCRIPT instrument sent.</summary>
public sealed class MethodScriptDecoder : IWireDecoder
{
    public string Kind => "methodscript";

    public DecodedBytes Decode(ReadOnlySpan<byte> received)
    {
        var transcript = new Transcript();
        int number = 0;
        while (!received.IsEmpty)
        {
            number++;
            string line = TakeLine(ref received, out string? fault);
            if (fault is null)
            {
                fault = Add(transcript, line);
            }

            if (fault is not null)
            {
                transcript.Faults.Add($"line {number}: {fault}");
            }
        }

        return new DecodedBytes(transcript.ToJson(), transcript.ToLines(), transcript.Faults);
    }

    private static string TakeLine(ref ReadOnlySpan<byte> received, out string? fault)
    {
        fault = null;
        try
        {
            if (!MethodScriptCodec.TryTakeLine(ref received, out string line))
            {
                line = "";
                fault = $"the file ends within a line ({received.Length} bytes)";
                received = [];
            }

            return line;
        }
        catch (MethodScriptFormatException error)
        {
            fault = error.Message;
            received = []; // no line is to be found in what is left
            return "";
        }
    }

    private static string? Add(Transcript transcript, string line)
    {
        try
        {
            transcript.Add(MethodScriptCodec.Read(line));
            return null;
        }
        catch (MethodScriptFormatException error)
        {
            return error.Message;
        }
    }
}
