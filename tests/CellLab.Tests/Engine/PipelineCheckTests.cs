using CellLab.Core.Events;

namespace CellLab.Tests.Engine;

public sealed class PipelineCheckTests
{
    [Fact]
    public async Task A_pipeline_whose_channel_the_device_does_not_show_is_told_when_the_device_answers()
    {
        await using var bench = await EngineBench.StartAsync(absentChannel: true);
        await bench.AlarmAsync("pipeline-");

        Alarm alarm = Assert.Single(await bench.Journal.ReadAlarmsAsync(false, default));
        Assert.Equal(("pipeline-coin-9-cycler", AlarmSeverity.Warning, "cycler1"), (alarm.Id, alarm.Severity, alarm.Device));
        Assert.StartsWith(
            "pipeline 'coin-9': device cycler1 does not show channel z; it has a, b: correct roles.cycler in the configuration", alarm.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_alarm_goes_when_the_pipeline_is_not_configured_any_more()
    {
        await using var bench = await EngineBench.StartAsync(absentChannel: true);
        await bench.AlarmAsync("pipeline-");
        bench.AbsentChannelConfigured = false;

        await bench.RestartAsync();

        await bench.AlarmGoesWhenAcknowledgedAsync("pipeline-coin-9-cycler");
    }
}
