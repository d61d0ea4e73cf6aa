using System.Globalization;
using CellLab.Drivers.Catalog;
using CellLab.Transport.Serial;

namespace CellLab.Drivers.SrsRga;

/// <summary>Reads <see cref="SrsRgaOptions"/> from <c>connection</c> and <c>settings</c> of a device.</summary>
internal static class SrsRgaSettings
{
    /// <exception cref="DeviceSetupException">Every wrong setting with its path.</exception>
    public static SrsRgaOptions Read(DeviceSetup setup)
    {
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        Uri? address = WireAddress.Read(
            connection, SrsRgaProtocol.DefaultPort, new SerialSettings(SrsRgaProtocol.Baud, Flow: SerialFlow.RtsCts));
        SrsRgaOptions options = ReadSettings(settings, address ?? new Uri("tcp://localhost")) with
        {
            User = connection.Text("user") ?? "",
            Password = connection.Text("password") ?? "",
        };
        connection.RefuseUnknown();
        settings.RefuseUnknown();
        return errors.Count == 0 ? options : throw new DeviceSetupException(errors);
    }

    private static SrsRgaOptions ReadSettings(SettingsReader settings, Uri address) => new()
    {
        Address = address,
        Channel = settings.Text("channel") ?? "gas",
        EmissionMilliamperes = Number(settings, "emission_ma", 1.0, 0.02, 3.5),
        ElectronEnergyVolts = settings.Integer("electron_energy_v", 70, 25, 105),
        IonEnergyVolts = ReadIonEnergy(settings),
        FocusVolts = settings.Integer("focus_v", 90, 0, 150),
        MultiplierVolts = ReadMultiplier(settings),
        NoiseFloor = settings.Integer("noise_floor", 4, 0, 7),
        TotalPressure = settings.Flag("total_pressure", false),
        HighestPressurePascals = Number(
            settings, "highest_pressure_pa", SrsRgaProtocol.HighestFilamentTorr * SrsRgaProtocol.PascalsPerTorr, 1e-9,
            SrsRgaProtocol.HighestFilamentTorr * SrsRgaProtocol.PascalsPerTorr),
        ReplyMargin = settings.Seconds("reply_margin_s", 2, 0.1, 60),
        Quiet = settings.Seconds("quiet_s", 0.3, 0.02, 5),
    };

    private static int ReadIonEnergy(SettingsReader settings)
    {
        int energy = settings.Integer("ion_energy_v", 12, 8, 12);
        if (energy is not (8 or 12))
        {
            settings.Fail("ion_energy_v", $"expected 8 or 12, found {energy}");
        }

        return energy;
    }

    private static int ReadMultiplier(SettingsReader settings)
    {
        int volts = settings.Integer("multiplier_v", 0, 0, 2490);
        if (volts is > 0 and < 10)
        {
            settings.Fail("multiplier_v", $"expected 0 (Faraday cup) or 10 to 2490, found {volts}");
        }

        return volts;
    }

    private static double Number(SettingsReader settings, string name, double otherwise, double lowest, double highest)
    {
        string? text = settings.Text(name);
        if (text is null)
        {
            return otherwise;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= lowest && value <= highest)
        {
            return value;
        }

        settings.Fail(name, string.Create(CultureInfo.InvariantCulture, $"expected a number from {lowest:G6} to {highest:G6}, found '{text}'"));
        return otherwise;
    }
}
