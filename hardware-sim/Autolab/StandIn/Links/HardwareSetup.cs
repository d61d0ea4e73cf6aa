using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace EcoChemie.Autolab.Sdk.Links;

/// <summary>The stand-in's own kind of setup file: <c>&lt;HardwareSetup serial="" fra="FRA32M"&gt;</c> with one of <c>&lt;Link port=""/&gt;</c> (a
/// simulated instrument on loopback) and <c>&lt;DummyCell/&gt;</c> (a circuit of resistors and a capacitor).</summary>
internal sealed class HardwareSetup
{
    private readonly XElement _root;

    private HardwareSetup(XElement root) => _root = root;

    public string Serial => (string?)_root.Attribute("serial") ?? "";

    public bool HasFra => (string?)_root.Attribute("fra") is not null;

    /// <summary>What the clock of the instrument PC shows when the instrument's seconds are 0; null where the file does not say.</summary>
    public DateTime? BeganUtc => _root.Attribute("began_utc") is { } began
        ? DateTime.Parse(began.Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)
        : null;

    public static HardwareSetup Read(string path)
    {
        try
        {
            return new HardwareSetup(XDocument.Load(path).Root!);
        }
        catch (Exception e) when (e is IOException or XmlException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"the hardware setup file {path} cannot be used: {e.Message}", e);
        }
    }

    public IInstrumentLink Open()
    {
        if (_root.Element("Link") is { } link)
        {
            return new LoopbackLink((int)Number(link, "port", 0));
        }

        XElement cell = _root.Element("DummyCell") ?? throw new InvalidOperationException("no instrument was found");
        return new DummyCellLink(new DummyCell(
            Number(cell, "rest_volts", 0), Number(cell, "series_ohm", 1000), Number(cell, "parallel_ohm", 0), Number(cell, "farad", 0)))
        {
            IsOpen = Number(cell, "open", 0) > 0,
            CallsBeforeHang = (int)Number(cell, "hang_after", int.MaxValue),
            CellStaysOn = Number(cell, "stays_on", 0) > 0,
            StandsStillAfter = Number(cell, "stands_still_after_s", double.PositiveInfinity),
        };
    }

    private static double Number(XElement element, string name, double otherwise) =>
        (string?)element.Attribute(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
