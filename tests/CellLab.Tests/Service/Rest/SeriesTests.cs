using System.Net;
using System.Text.Json;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Service.Offline.Foreign.Patterns;
using CellLab.Service.Rest.Series;

namespace CellLab.Tests.Service.Rest;

/// <summary>Records of the story's job come every 30 s.</summary>
public sealed class SeriesTests
{
    private const string Id = "abcdefgh2345";
    private const int Records = 3000;
    private const int Spike = 1711;

    [Fact]
    public async Task A_whole_job_comes_thinned_with_its_spike_and_its_gap_and_a_narrow_range_comes_record_by_record()
    {
        await using RestBench bench = await WithRecordsAsync();

        JsonElement whole = await bench.GetAsync($"jobs/{Id}/series?points=100");
        JsonElement narrow = await bench.GetAsync($"jobs/{Id}/series?points=100&from={30 * 1700}&to={30 * 1720}&columns=voltage_v,cycle_count");

        Assert.Equal(["job", "stream", "records", "full_resolution", "first_seq", "last_seq", "gaps", "test_time_s", "voltage_v", "current_a"], whole.Members());
        Assert.Equal((Records, false), (whole.GetProperty("records").GetInt32(), whole.GetProperty("full_resolution").GetBoolean()));
        double?[] volts = Numbers(whole, "voltage_v");
        Assert.InRange(volts.Length, 150, 203);
        Assert.Equal(Numbers(whole, "test_time_s").Length, volts.Length);
        Assert.Equal(9.5, volts.Max());
        Assert.NotEqual(0, whole.GetProperty("gaps").GetArrayLength());

        Assert.True(narrow.GetProperty("full_resolution").GetBoolean());
        Assert.Equal(Enumerable.Range(1700, 21).Append(1699).Append(1721).Order().Select(number => (double?)(30.0 * number)), Numbers(narrow, "test_time_s"));
        Assert.Equal(9.5, Numbers(narrow, "voltage_v")[Spike - 1699]);
        Assert.Empty(narrow.GetProperty("gaps").EnumerateArray());
    }

    [Fact]
    public async Task A_gap_stands_as_a_place_without_values()
    {
        await using RestBench bench = await WithRecordsAsync();

        JsonElement page = await bench.GetAsync($"jobs/{Id}/series?points=100&from={30 * 1990}&to={(30 * 2010) + 5000}");

        Assert.Equal("[[60000,65030]]", page.GetProperty("gaps").GetRawText());
        int hole = Assert.Single(Enumerable.Range(0, Numbers(page, "voltage_v").Length), index => Numbers(page, "voltage_v")[index] is null);
        Assert.Equal(60000, Numbers(page, "test_time_s")[hole]);
    }

    [Fact]
    public async Task Curves_are_per_gram_and_refusals_name_the_field()
    {
        await using RestBench bench = await WithRecordsAsync();

        JsonElement curve = Assert.Single((await bench.GetAsync($"jobs/{Id}/curves?cycles=1&points=50")).GetProperty("curves").EnumerateArray());

        Assert.Equal("charge", curve.Text("direction"));
        Assert.InRange(curve.GetProperty("voltage_v").GetArrayLength(), 50, 102);
        Assert.Equal("cycles", (await bench.RefusedAsync($"jobs/{Id}/curves?cycles=a", HttpStatusCode.UnprocessableEntity)).Text("field"));
        Assert.Equal("columns", (await bench.RefusedAsync($"jobs/{Id}/series?columns=warmth", HttpStatusCode.UnprocessableEntity)).Text("field"));
        Assert.Equal("points", (await bench.RefusedAsync($"jobs/{Id}/series?points=0", HttpStatusCode.UnprocessableEntity)).Text("field"));
        Assert.Equal(0, (await bench.GetAsync($"jobs/{Id}/patterns")).GetProperty("patterns").GetArrayLength());
    }

    [Fact]
    public void A_pattern_on_a_grid_keeps_its_highest_counts_and_has_no_holes_between_its_points()
    {
        var file = new PatternFile("xy", [10, 11, 12, 12.1, 12.2], [5, 7, 100, 3, 4]);

        Assert.Equal([null, null, 5.0, 6, 7, 53.5, 100, null], PatternsEndpoint.Grid(file, 9, 13, 8));
    }

    private static double?[] Numbers(JsonElement page, string column) =>
        [.. page.GetProperty(column).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble())];

    /// <summary>A spike of one record, and 5000 s without a record after the two thousandth.</summary>
    private static async Task<RestBench> WithRecordsAsync()
    {
        RestBench bench = await RestBench.StartAsync();
        await bench.Journal.CommitAsync(
            new JournalWrite { Samples = [Stories.Cell("lmno")], Jobs = [Stories.Job(Id, "lmno")], Records = [.. Enumerable.Range(1, Records).Select(Row)] }, default);
        await bench.Journal.MoveAllAsync(default);
        return bench;
    }

    private static RecordRow Row(int sequence)
    {
        RecordRow row = Stories.Row(Id, sequence);
        return row with
        {
            TestTimeSeconds = (30.0 * sequence) + (sequence > 2000 ? 5000 : 0),
            Record = row.Record with { VoltageVolts = sequence == Spike ? 9.5 : 3 + (sequence * 1e-4), CurrentAmperes = 5e-5, StepCapacityAmpereHours = sequence * 1e-7 },
        };
    }
}
