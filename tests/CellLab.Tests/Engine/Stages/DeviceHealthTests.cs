using CellLab.Core.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine.Stages;

/// <summary>Devices without channels, between two jobs.</summary>
public sealed class DeviceHealthTests
{
    [Fact]
    public async Task An_idle_spectrometer_that_refuses_or_reports_errors_is_not_online_and_comes_back()
    {
        await using var bench = await GasBench.StartAsync();

        bench.Spectrometer.Broken = new DeviceFaultException(FaultKind.Rejected, bench.Spectrometer.Id, "control was taken by PV MassSpec");
        await StateAsync(DeviceState.Degraded);
        Assert.Contains("control was taken", View().LastError, StringComparison.Ordinal);
        await bench.Engine.AlarmAsync("device-rga1");
        bench.Spectrometer.Broken = null;
        await StateAsync(DeviceState.Online);
        bench.Spectrometer.Errors = ["EF 64: no filament"];
        await StateAsync(DeviceState.Degraded);
        Assert.Equal("rga1: EF 64: no filament", View().LastError);
        bench.Spectrometer.Errors = [];
        await StateAsync(DeviceState.Online);
        await Eventually.TrueAsync(
            async () => (await bench.Engine.Journal.ReadAlarmsAsync(false, default)).Where(alarm => alarm.Id == "device-rga1").All(alarm => !alarm.Active), "the alarm's cause to be gone");

        Task StateAsync(DeviceState state) => Eventually.TrueAsync(() => View().State == state, $"rga1 {state}");
        CellLab.Engine.Desk.DeviceView View() => bench.Engine.Engine.Devices.Single(device => device.Id == bench.Spectrometer.Id);
    }
}
