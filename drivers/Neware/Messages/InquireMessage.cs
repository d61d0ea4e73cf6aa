using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>Present values of one channel, in A, V, Ah, Wh and s. The BTS rounds to four decimals of its unit: good for states, not for the
/// currents of coin cells. Other attributes (temperatures, auxiliary channels) are kept by name.</summary>
internal sealed record PresentValues
{
    public required string State { get; init; }
    public int? StepId { get; init; }
    public int? CycleId { get; init; }
    public string? Barcode { get; init; }
    public double? VoltageVolts { get; init; }
    public double? CurrentAmperes { get; init; }
    public double? TestSeconds { get; init; }
    public IReadOnlyDictionary<string, string> Others { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;
}

/// <summary><c>list/inquire</c>; the reply's <c>dev</c> is devtype-devid-subdevid-chlid-auxid.</summary>
internal static class InquireMessage
{
    public const string Command = "inquire";

    public static byte[] Write(IReadOnlyList<NewareChannel> channels) => NewareCodec.Request(
        Command, ChannelList.Write(channels, c => $"<inquire {c.AttributesWithIp} aux=\"0\" barcode=\"1\">true</inquire>"));

    /// <summary>One for each channel asked, in their order.</summary>
    public static PresentValues[] Read(ReadOnlySpan<byte> frame, IReadOnlyList<NewareChannel> asked, NewareUnits units)
    {
        XmlScanner scanner = ReplyReader.Open(frame, Command + NewareProtocol.ReplySuffix);
        var values = new PresentValues[asked.Count];
        for (int i = 0; i < values.Length; i++)
        {
            ReplyReader.Expect(ref scanner, "inquire"u8, i, values.Length);
            values[i] = One(scanner, asked[i], NewareUnitScale.Of(units));
        }

        return values;
    }

    private static PresentValues One(XmlScanner scanner, NewareChannel asked, double scale)
    {
        var values = new PresentValues { State = "" };
        Dictionary<string, string>? others = null;
        XmlAttributes attribute = scanner.Attributes;
        while (attribute.MoveNext())
        {
            if (attribute.Is("dev"u8))
            {
                CheckAddress(attribute.Value, asked);
            }
            else if (TakeKnown(ref values, attribute, scale) is false)
            {
                others ??= [];
                others[XmlText.Decode(attribute.Name)] = XmlText.Decode(attribute.Value);
            }
        }

        return values with
        {
            State = values.State.Length > 0 ? values.State : scanner.Text(),
            Others = others ?? values.Others,
        };
    }

    private static bool TakeKnown(ref PresentValues values, in XmlAttributes attribute, double scale)
    {
        ReadOnlySpan<byte> name = attribute.Name;
        ReadOnlySpan<byte> value = attribute.Value;
        switch (name)
        {
            case var _ when name.SequenceEqual("workstatus"u8):
                values = values with { State = XmlText.Decode(value) };
                return true;
            case var _ when name.SequenceEqual("barcode"u8):
                values = values with { Barcode = Text(value) };
                return true;
            case var _ when name.SequenceEqual("voltage"u8):
                values = values with { VoltageVolts = XmlValue.NumberOrNone(name, value) };
                return true;
            case var _ when name.SequenceEqual("current"u8):
                values = values with { CurrentAmperes = XmlValue.NumberOrNone(name, value) * scale };
                return true;
            case var _ when name.SequenceEqual("totaltime"u8):
                values = values with { TestSeconds = XmlValue.NumberOrNone(name, value) };
                return true;
            case var _ when name.SequenceEqual("step_id"u8):
                values = values with { StepId = XmlValue.SmallIntegerOrNone(name, value) };
                return true;
            case var _ when name.SequenceEqual("cycle_id"u8):
                values = values with { CycleId = XmlValue.SmallIntegerOrNone(name, value) };
                return true;
            default:
                return false;
        }
    }

    private static string? Text(ReadOnlySpan<byte> value)
    {
        string text = XmlText.Decode(value);
        return text is "" or "--" ? null : text;
    }

    private static void CheckAddress(ReadOnlySpan<byte> dev, NewareChannel asked)
    {
        string expected = $"{asked.DeviceType}-{asked.Name}-0";
        string found = XmlText.Decode(dev);
        if (found != expected)
        {
            throw new NewareFormatException($"asked for channel {expected}, the reply speaks of {found}");
        }
    }
}
