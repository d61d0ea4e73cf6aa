using System.Globalization;

namespace CellLab.Drivers.Neware;

/// <summary>Readable name of a channel: device, unit and channel number, written <c>21-1-4</c>.</summary>
public readonly record struct NewareChannelName(int Device, int Unit, int Channel)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Device}-{Unit}-{Channel}");

    public static bool TryParse(string text, out NewareChannelName name)
    {
        name = default;
        string[] parts = text.Split('-');
        if (parts.Length == 3 && TryNumber(parts[0], out int device) && TryNumber(parts[1], out int unit) && TryNumber(parts[2], out int channel))
        {
            name = new NewareChannelName(device, unit, channel);
            return true;
        }

        return false;
    }

    private static bool TryNumber(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
