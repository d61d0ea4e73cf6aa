using System.Globalization;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware;

/// <summary>A channel as the BTS addresses it: its name, the BTS server it belongs to and the code of its family.</summary>
internal sealed record NewareChannel(string Ip, int DeviceType, NewareChannelName Name)
{
    /// <summary><c>devtype devid subdevid chlid</c> as attributes.</summary>
    public string Attributes { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"devtype=\"{DeviceType}\" devid=\"{Name.Device}\" subdevid=\"{Name.Unit}\" chlid=\"{Name.Channel}\"");

    /// <summary>The same with the server's <c>ip</c> before it.</summary>
    public string AttributesWithIp => $"ip=\"{XmlText.Escape(Ip)}\" {Attributes}";

    public override string ToString() => Name.ToString();
}
