using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;
using CellLab.Transport.Modbus;
using CellLab.Transport.Serial;

namespace CellLab.Drivers.GasPanel;

/// <summary>Reads <see cref="GasPanelOptions"/> from <c>connection</c> and <c>settings</c> of a device.</summary>
internal static class GasPanelSettings
{
    private const int DefaultPort = 502;
    private const int RelayModuleBaud = 9600;

    /// <exception cref="DeviceSetupException">Every wrong setting with its path.</exception>
    public static GasPanelOptions Read(DeviceSetup setup)
    {
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        bool byHand = connection.Text("kind") == "manual";
        GasPanelOptions options = ReadSettings(settings) with
        {
            Address = byHand ? null : WireAddress.Read(connection, DefaultPort, new SerialSettings(RelayModuleBaud)),
            Unit = byHand ? (byte)0 : (byte)connection.Integer("unit", 1, 0, 247),
        };
        if (new[] { options.CellOutput, options.BypassOutput, options.BottleOutput }.Distinct().Count() < 3)
        {
            settings.Fail("output_cell", "the three outputs must differ");
        }

        connection.RefuseUnknown();
        settings.RefuseUnknown();
        return errors.Count == 0 ? options : throw new DeviceSetupException(errors);
    }

    private static GasPanelOptions ReadSettings(SettingsReader settings) => new()
    {
        Line = new ModbusLineSettings { Codec = WireAddress.ModbusCodec(settings), ReplyTimeout = settings.Seconds("reply_timeout_s", 1, 0.05, 60) },
        CellOutput = (ushort)settings.Integer("output_cell", 0, 0, 65535),
        BypassOutput = (ushort)settings.Integer("output_bypass", 1, 0, 65535),
        BottleOutput = (ushort)settings.Integer("output_bottle", 2, 0, 65535),
        ReadBackOffset = settings.Integer("read_back_offset", 0, 0, 65535),
        Break = settings.Seconds("break_s", 0.2, 0, 10),
        Carrier = new CarrierFlow(
            Required(settings, "flow_ml_min", "the controller's figure in mL/min", 0.001, 1000),
            Required(settings, "flow_reference_c", "the temperature its millilitres refer to, for example 0 or 25", -50, 100),
            Required(settings, "flow_reference_kpa", "the pressure its millilitres refer to, for example 101.325", 80, 120) * 1e3,
            Required(settings, "flow_uncertainty", "its relative uncertainty, for example 0.01", 1e-6, 0.5)),
    };

    private static double Required(SettingsReader settings, string name, string meaning, double lowest, double highest)
    {
        string text = settings.RequiredText(name, meaning);
        if (text.Length == 0
            || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= lowest && value <= highest))
        {
            return text.Length == 0 ? lowest : double.Parse(text, CultureInfo.InvariantCulture);
        }

        settings.Fail(name, string.Create(CultureInfo.InvariantCulture, $"expected a number from {lowest} to {highest}, found '{text}'"));
        return lowest;
    }
}
