using CellLab.Core.Records;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>One <c>data</c> element of a download. Stands in the hot path: no allocation, attributes told apart by length and first bytes.</summary>
internal static class StoredRecordReader
{
    private const double SecondsPerMillisecond = 1e-3;

    [Flags]
    private enum Seen
    {
        None = 0,
        Number = 1,
        Step = 2,
        StepTime = 4,
        Clock = 8,
        Volt = 16,
        Curr = 32,
        All = 63,
    }

    /// <param name="scale">From the device's unit family to A, Ah, Wh.</param>
    public static StoredRecord Read(XmlAttributes attribute, double scale)
    {
        long number = 0;
        int step = 0, cycle = 0;
        StepKind kind = StepKind.Unknown;
        double seconds = 0, volts = 0, amperes = 0;
        double? capacity = null, energy = null;
        DateTime clock = default;
        Seen seen = Seen.None;
        while (attribute.MoveNext())
        {
            ReadOnlySpan<byte> name = attribute.Name;
            ReadOnlySpan<byte> value = attribute.Value;
            if (name.SequenceEqual("seqid"u8))
            {
                number = XmlValue.Integer(name, value);
                seen |= Seen.Number;
            }
            else if (name.SequenceEqual("volt"u8))
            {
                volts = XmlValue.Number(name, value);
                seen |= Seen.Volt;
            }
            else if (name.SequenceEqual("curr"u8))
            {
                amperes = XmlValue.Number(name, value) * scale;
                seen |= Seen.Curr;
            }
            else if (name.SequenceEqual("testtime"u8))
            {
                seconds = XmlValue.Number(name, value) * SecondsPerMillisecond;
                seen |= Seen.StepTime;
            }
            else if (name.SequenceEqual("atime"u8))
            {
                clock = XmlValue.LocalTime(name, value);
                seen |= Seen.Clock;
            }
            else if (name.SequenceEqual("stepid"u8))
            {
                step = XmlValue.SmallInteger(name, value);
                seen |= Seen.Step;
            }
            else
            {
                ReadOther(name, value, scale, ref cycle, ref kind, ref capacity, ref energy);
            }
        }

        return seen == Seen.All
            ? new StoredRecord(number, step, cycle, kind, seconds, clock, volts, amperes, capacity, energy)
            : throw new NewareFormatException($"record {number} lacks {Seen.All & ~seen}");
    }

    private static void ReadOther(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, double scale, ref int cycle, ref StepKind kind, ref double? capacity, ref double? energy)
    {
        if (name.SequenceEqual("cycleid"u8))
        {
            cycle = XmlValue.SmallInteger(name, value);
        }
        else if (name.SequenceEqual("steptype"u8))
        {
            kind = NewareProtocol.StepKindOf(value);
        }
        else if (name.SequenceEqual("cap"u8))
        {
            capacity = XmlValue.NumberOrNone(name, value) * scale;
        }
        else if (name.SequenceEqual("eng"u8))
        {
            energy = XmlValue.NumberOrNone(name, value) * scale;
        }
    }
}
