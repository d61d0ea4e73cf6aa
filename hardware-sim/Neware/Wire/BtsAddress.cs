using System.Globalization;
using System.Xml.Linq;

namespace CellLab.HardwareSim.Neware.Wire;

/// <summary>A channel of a BTS system: family, device, unit, channel.</summary>
internal readonly record struct BtsAddress(int DeviceType, int Device, int Unit, int Channel)
{
    /// <summary>The readable name: <c>devid-subdevid-chlid</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Device}-{Unit}-{Channel}");

    public static bool TryRead(XElement element, out BtsAddress address)
    {
        address = default;
        if (Number(element, "devtype") is int type && Number(element, "devid") is int device
            && Number(element, "subdevid") is int unit && Number(element, "chlid") is int channel)
        {
            address = new BtsAddress(type, device, unit, channel);
            return true;
        }

        return false;
    }

    public static int? Number(XElement element, string attribute) =>
        int.TryParse((string?)element.Attribute(attribute), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : null;
}
