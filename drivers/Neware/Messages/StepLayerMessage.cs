using System.Globalization;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>One executed step of the step layer. Cycle numbers are left out on purpose: on one system they count from another start than those
/// of the records, so the two are joined by record numbers only.</summary>
internal readonly record struct ExecutedStep(long FirstRecord, long LastRecord, int Index, int StepId, double Seconds);

/// <summary>downloadStepLayer: all executed steps of a test from its start.</summary>
internal static class StepLayerMessage
{
    public const string Command = "downloadStepLayer";

    public static byte[] Write(NewareChannel channel, long testId) => NewareCodec.Request(
        Command, string.Create(CultureInfo.InvariantCulture, $"<downloadStepLayer {channel.Attributes} testid=\"{testId}\"/>"));

    public static IReadOnlyList<ExecutedStep> Read(ReadOnlySpan<byte> frame, NewareChannel asked)
    {
        XmlScanner scanner = ReplyReader.Open(frame, Command + NewareProtocol.ReplySuffix);
        var steps = new List<ExecutedStep>();
        while (ReplyReader.NextData(ref scanner, "downloadStepLayer"u8, asked))
        {
            steps.Add(One(scanner.Attributes));
        }

        return steps;
    }

    private static ExecutedStep One(XmlAttributes attribute)
    {
        long first = 0, last = 0;
        int index = 0, step = 0;
        double milliseconds = 0;
        while (attribute.MoveNext())
        {
            ReadOnlySpan<byte> name = attribute.Name;
            ReadOnlySpan<byte> value = attribute.Value;
            if (name.SequenceEqual("startseqid"u8))
            {
                first = XmlValue.Integer(name, value);
            }
            else if (name.SequenceEqual("endseqid"u8))
            {
                last = XmlValue.Integer(name, value);
            }
            else if (name.SequenceEqual("stepindex"u8))
            {
                index = XmlValue.SmallInteger(name, value);
            }
            else if (name.SequenceEqual("stepid"u8))
            {
                step = XmlValue.SmallInteger(name, value);
            }
            else if (name.SequenceEqual("steptime"u8))
            {
                milliseconds = XmlValue.Number(name, value);
            }
        }

        return new ExecutedStep(first, last, index, step, milliseconds * 1e-3);
    }
}
