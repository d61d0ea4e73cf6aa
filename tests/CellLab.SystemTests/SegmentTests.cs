using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>A protocol that no tester can run in one piece: the service measures, judges, and starts one segment after the other.</summary>
public sealed class SegmentTests
{
    private const string Protocol = """
        celllab_protocol: 1
        window: 2.0-4.8 V
        rate_base:
          measured in: formation cycle 1
        blocks:
          formation:
            - Charge at 0.5C until 4.8 V
            - Discharge at 0.5C until 2.0 V
        method:
          - block: formation
          - repeat: 60
            name: life
            until: capacity < 99.9 % of cycle 12
            steps:
              - Charge at 5C until 4.8 V
              - Discharge at 5C until 2.0 V
          - Rest for 10 minutes
          - Charge at 1C until 4.0 V
        """;

    [Fact]
    public async Task Rates_follow_from_the_measured_capacity_and_a_faded_cell_leaves_its_repeat_over_a_kill_of_the_service()
    {
        await using Lab lab = await Lab.StartAsync();
        string job = await lab.SubmitAsync(lab.Folder.Write("life.yaml", Protocol));
        await lab.WaitAsync(job, "to be in its second segment", answer => answer.GetProperty("segments").GetArrayLength() == 2);
        await lab.Service.KillAsync();
        await lab.StartServiceAsync();

        JsonElement ended = await lab.WaitAsync(job, "to complete", answer => answer.IsSettled() && answer.State() == "Completed", 240);

        Assert.Equal("complete", ended.GetProperty("verdict").GetString());
        Assert.Equal(3, ended.GetProperty("segments").GetArrayLength());
        Assert.Equal(3, ended.GetProperty("start_count").GetInt32());
        JsonElement[] cycles = [.. (await lab.Api.GetAsync($"jobs/{job}/cycles")).GetProperty("cycles").EnumerateArray()];
        double expected = 5 * Number(cycles[0], "discharge_mah_g") / 250; // 5C of what was measured, told in C of the sample's 250 mAh/g
        JsonElement[] life = [.. cycles.Where(cycle => cycle.GetProperty("block").GetString() == "life")];
        Assert.True(life.Length is >= 13 and < 25, string.Join(", ", life.Select(cycle => Number(cycle, "discharge_mah_g"))));
        Assert.InRange(Number(life[1], "rate_c"), expected * 0.99, expected * 1.01);
        JsonElement[] events = [.. (await lab.Api.GetAsync($"jobs/{job}/events")).GetProperty("events").EnumerateArray()];
        Assert.Equal(["seam", "exit", "seam"], events.Select(told => told.GetProperty("kind").GetString()!).Where(kind => kind is "seam" or "exit"));
    }

    private static double Number(JsonElement cycle, string member) => cycle.GetProperty(member).GetDouble();
}
