namespace CellLab.Core.Devices;

/// <summary>One cell place on a device, written <c>device.channel</c>. The channel part is the driver's own readable name
/// (NEWARE: <c>21-1-4</c>).</summary>
public readonly record struct ChannelAddress(DeviceId Device, string Channel)
{
    public override string ToString() => $"{Device}.{Channel}";

    /// <exception cref="FormatException">The text is not <c>device.channel</c>.</exception>
    public static ChannelAddress Parse(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < text.Length - 1
            ? new ChannelAddress(new DeviceId(text[..dot]), text[(dot + 1)..])
            : throw new FormatException($"'{text}' is not a channel address; expected device.channel, for example cycler1.27-1-1");
    }
}
