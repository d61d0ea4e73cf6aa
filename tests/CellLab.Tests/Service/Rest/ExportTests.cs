using System.IO.Compression;
using System.Net;
using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Storage.Export;

namespace CellLab.Tests.Service.Rest;

public sealed class ExportTests
{
    private const string Id = "abcdefgh2345";

    [Fact]
    public async Task Records_come_as_one_archive_with_table_and_sidecar()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");

        Dictionary<string, string> files = await FilesAsync(bench, "bdf-csv");

        string table = files.Single(file => file.Key.EndsWith(".bdf.csv", StringComparison.Ordinal)).Value;
        string sidecar = files.Single(file => file.Key.EndsWith(".bdf.metadata.json", StringComparison.Ordinal)).Value;
        Assert.Equal(6, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(JsonValueKind.Object, JsonSerializer.Deserialize<JsonElement>(sidecar).ValueKind);
    }

    [Fact]
    public async Task Cycles_come_as_a_table_that_begins_with_the_columns_of_the_listing()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        var sums = new HalfSums(5e-4, 4.5e-4, 2e-3, 1.6e-3);
        bench.Cycles.Cycles = [new CycleResult(1, true, true, "main", 1, 1, sums, sums, default, 0, 0, 0, 1, 1, 5, 1.7e9, 1.7e9 + 150)];

        string[] lines = Assert.Single(await FilesAsync(bench, "cycles-csv")).Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith(string.Join(',', CyclesCsvExport.Columns), lines[0], StringComparison.Ordinal);
        Assert.StartsWith("1,main,1,,250,225,90,80,4,3.55555", lines[1], StringComparison.Ordinal);
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
    }

    [Fact]
    public async Task An_unknown_format_or_job_is_404()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");

        JsonElement format = await bench.RefusedAsync($"jobs/{Id}/exports/excel", HttpStatusCode.NotFound);
        Assert.Contains("bdf-csv", format.Text("hint"), StringComparison.Ordinal);
        await bench.RefusedAsync("jobs/nobody/exports/bdf-csv", HttpStatusCode.NotFound);
    }

    private static async Task<Dictionary<string, string>> FilesAsync(RestBench bench, string format)
    {
        using HttpResponseMessage answer = await bench.Http.GetAsync($"/api/v1/jobs/{Id}/exports/{format}");
        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        using var archive = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        return archive.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var reader = new StreamReader(entry.Open());
                return reader.ReadToEnd();
            });
    }
}
