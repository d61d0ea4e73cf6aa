using CellLab.Drivers.Autolab.Wire;
using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.Autolab.Decoding;

/// <summary>Decodes everything that a bridge sent: its answers as they stand, its runs with their steps, samples and points.</summary>
public sealed class AutolabDecoder : IWireDecoder
{
    public string Kind => "autolab";

    public DecodedBytes Decode(ReadOnlySpan<byte> received)
    {
        var transcript = new BridgeTranscript();
        for (int number = 1; !received.IsEmpty; number++)
        {
            int end = received.IndexOf((byte)'\n');
            if (end < 0)
            {
                transcript.Faults.Add($"line {number}: the file ends within a line ({received.Length} bytes)");
                break;
            }

            Add(transcript, received[..end], number);
            received = received[(end + 1)..];
        }

        return new DecodedBytes(transcript.ToJson(), transcript.Lines, transcript.Faults);
    }

    private static void Add(BridgeTranscript transcript, ReadOnlySpan<byte> line, int number)
    {
        try
        {
            transcript.Add(AutolabCodec.Read(line), number);
        }
        catch (BridgeFormatException error)
        {
            transcript.Faults.Add($"line {number}: {error.Message}");
        }
    }
}
