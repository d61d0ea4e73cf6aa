using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.GasPanel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Drivers.GasPanel;

public sealed class ManualPanelTests
{
    private static readonly Dictionary<string, string?> s_settings = new()
    {
        ["d:id"] = "panel1",
        ["d:connection:kind"] = "manual",
        ["d:settings:flow_ml_min"] = "1",
        ["d:settings:flow_reference_c"] = "0",
        ["d:settings:flow_reference_kpa"] = "101.325",
        ["d:settings:flow_uncertainty"] = "0.01",
    };

    [Fact]
    public async Task A_person_is_told_what_to_do_and_what_was_confirmed_stays()
    {
        await using IDevice device = Create(s_settings);
        Assert.True(device.TryGet(out IGasPanel? panel));
        var at = new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

        var asked = await Assert.ThrowsAsync<DeviceFaultException>(() => panel.SwitchAsync(GasRoute.Bottle, CancellationToken.None));
        panel.Confirm(GasRoute.Bottle, "mk", at);
        await panel.SwitchAsync(GasRoute.Bottle, CancellationToken.None);

        Assert.Contains("calibration gas flows round the cell", asked.Message, StringComparison.Ordinal);
        Assert.Equal(new GasPanelStatus(GasRoute.Bottle, "confirmed by mk", at, "mk"), await panel.InspectAsync(CancellationToken.None));
        Assert.Equal(7.43584e-7, panel.Carrier.MolesPerSecond, 1e-12);
    }

    [Theory]
    [InlineData("d:settings:flow_reference_c", null, "settings.flow_reference_c: is missing")]
    [InlineData("d:settings:flow_uncertainty", "2", "settings.flow_uncertainty: expected a number")]
    [InlineData("d:settings:output_bypass", "0", "settings.output_cell: the three outputs must differ")]
    public void Settings_are_required_and_checked(string path, string? value, string error)
    {
        var settings = new Dictionary<string, string?>(s_settings) { [path] = value };

        var wrong = Assert.Throws<DeviceSetupException>(() => Create(settings));

        Assert.Contains(wrong.Errors, e => e.Contains(error, StringComparison.Ordinal));
    }

    private static IDevice Create(Dictionary<string, string?> settings) => new GasPanelModule().Create(
        DeviceSetup.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("d")), Clocks.RealTime, NullLoggerFactory.Instance);
}
