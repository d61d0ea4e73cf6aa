using System.Buffers.Binary;
using System.Text;

namespace CellLab.Tests.Service.Telemetry;

/// <summary>A message of the OpenTelemetry protocol, read with nothing but the field numbers of opentelemetry-proto 1.x and the wire format of Protocol Buffers.</summary>
internal sealed record OtlpMessage(string Path, string? Authorization, byte[] Body)
{
    /// <summary>Attributes of the first resource.</summary>
    public IReadOnlyDictionary<string, string> Resource => Attributes(Inside(Inside(Body, 1).First(), 1).First(), 1);

    /// <summary>Value of the first point of each gauge and sum, and the count of each histogram.</summary>
    public IReadOnlyDictionary<string, double> Metrics => Scoped().ToDictionary(metric => Text(Inside(metric, 1).Single()), Value);

    /// <summary>Names of spans with their attributes.</summary>
    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Attributes, bool Failed)> Spans =>
        [.. Scoped().Select(span => (Text(Inside(span, 5).Single()), (IReadOnlyDictionary<string, string>)Attributes(span, 9), Inside(span, 15).Any(IsError)))];

    /// <summary>Metrics, or spans: both are field 2 of a scope, which is field 2 of a resource.</summary>
    private IEnumerable<byte[]> Scoped() => Inside(Body, 1).SelectMany(resource => Inside(resource, 2)).SelectMany(scope => Inside(scope, 2));

    /// <summary>A status with code 2.</summary>
    private static bool IsError(byte[] status) => Fields(status).Any(member => member is { Number: 3, Scalar: 2 });

    private static double Value(byte[] metric)
    {
        (int kind, _, byte[] data) = Fields(metric).Single(member => member.Number is 5 or 7 or 9);
        byte[] point = Inside(data, 1).First();
        byte[] number = Fields(point).Single(member => member.Number == 4).Bytes;
        return kind == 9 ? BinaryPrimitives.ReadUInt64LittleEndian(number) : BinaryPrimitives.ReadDoubleLittleEndian(number);
    }

    private static Dictionary<string, string> Attributes(byte[] message, int number) => Inside(message, number).ToDictionary(
        pair => Text(Inside(pair, 1).Single()), pair => Fields(Inside(pair, 2).Single()).Select(value => value.Number == 1 ? Text(value.Bytes) : $"{value.Scalar}").Single());

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static IEnumerable<byte[]> Inside(byte[] message, int number) => Fields(message).Where(member => member.Number == number).Select(member => member.Bytes);

    private static List<(int Number, ulong Scalar, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, ulong, byte[])>();
        for (int at = 0; at < message.Length;)
        {
            ulong tag = Varint(message, ref at);
            ulong scalar = (tag & 7) == 0 ? Varint(message, ref at) : 0;
            int length = (tag & 7) switch { 0 => 0, 1 => 8, 2 => (int)Varint(message, ref at), 5 => 4, var other => throw new FormatException($"wire type {other}") };
            fields.Add(((int)(tag >> 3), scalar, message[at..(at + length)]));
            at += length;
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
