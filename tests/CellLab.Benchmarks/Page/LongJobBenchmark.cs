using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CellLab.Benchmarks.Page;

/// <summary>Opening a job of 2,000,000 records: over REST, against reading all of it, and in a browser to the first drawn curve.</summary>
internal sealed class LongJobBenchmark : IBenchmark
{
    private const int Repeats = 20;
    private const int PageRows = 10_000;
    private static readonly TimeProvider Wall = TimeProvider.System;

    public string Name => "long-job";

    public string Summary => "a job of 400 cycles and 2,000,000 records: time to the first curve, bytes, panning, against the whole data";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-long-job-").FullName;
        try
        {
            long began = Wall.GetTimestamp();
            string data = Path.Combine(folder, "data");
            await LongJob.WriteAsync(data, cancellationToken);
            var figures = new List<Figure> { new("write_s", Wall.GetElapsedTime(began).TotalSeconds), new("job_file_mb", new FileInfo(Path.Combine(data, "jobs", LongJob.Id + ".db")).Length / 1e6) };
            await using LongJobService service = await LongJobService.StartAsync(folder, cancellationToken);
            figures.AddRange(await BrowserAsync(service.Root, cancellationToken));
            figures.AddRange(await OverRestAsync(service.Root, cancellationToken));
            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>First, while the service has read nothing yet.</summary>
    private static async Task<IReadOnlyList<Figure>> BrowserAsync(Uri root, CancellationToken cancellationToken)
    {
        await using OpenedPage page = await OpenedPage.StartAsync(cancellationToken);
        (double first, double bytes) = await page.OpenAsync($"{root}#/job/{LongJob.Id}");
        (double again, _) = await page.OpenAsync($"{root}#/job/{LongJob.Id}");
        double[] zooms = await page.TimesAsync("Closer", 8);
        double[] pans = await page.TimesAsync("Later", 8);
        return
        [
            new("browser_first_curve_ms", first), new("browser_bytes", bytes), new("browser_again_ms", again), new("browser_zoom_p50_ms", Percentiles.Of(zooms, 50)), new("browser_zoom_max_ms", zooms[^1]),
            new("browser_pan_p50_ms", Percentiles.Of(pans, 50)), new("browser_pan_max_ms", pans[^1]),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> OverRestAsync(Uri root, CancellationToken cancellationToken)
    {
        string job = $"api/v1/jobs/{LongJob.Id}/";
        using var compressed = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = root };
        compressed.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        using var plain = new HttpClient { BaseAddress = root };
        var figures = new List<Figure>();
        await AddAsync(figures, "series_whole", compressed, job + "series?points=1500", cancellationToken);
        await AddAsync(figures, "series_tenth", compressed, job + "series?points=1500&from=1600000&to=2000000", cancellationToken);
        await AddAsync(figures, "series_every_record", compressed, job + "series?points=1500&from=1600000&to=1605000", cancellationToken);
        await AddAsync(figures, "curves_15_cycles", compressed, job + "curves?cycles=1,28,56,84,112,140,168,196,224,252,280,308,336,364,400&points=160", cancellationToken);
        byte[] whole = await plain.GetByteArrayAsync(new Uri(job + "series?points=1500", UriKind.Relative), cancellationToken);
        JsonElement series = JsonDocument.Parse(whole).RootElement;
        double highest = series.GetProperty("voltage_v").EnumerateArray().Max(value => value.ValueKind == JsonValueKind.Null ? 0 : value.GetDouble());
        Require(highest == LongJob.SpikeVolts && series.GetProperty("records").GetInt64() == LongJob.Records, $"the spike is drawn; highest is {highest} V");
        figures.Add(new Figure("series_whole_plain_bytes", whole.Length));
        figures.AddRange(await WholeDataAsync(plain, job, cancellationToken));
        return figures;
    }

    private static async Task AddAsync(List<Figure> figures, string name, HttpClient http, string path, CancellationToken cancellationToken)
    {
        var times = new double[Repeats];
        int bytes = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            long began = Wall.GetTimestamp();
            bytes = (await http.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellationToken)).Length;
            times[repeat] = Wall.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        figures.Add(new Figure(name + "_p50_ms", Percentiles.Of(times, 50)));
        figures.Add(new Figure(name + "_max_ms", times[^1]));
        figures.Add(new Figure(name + "_bytes", bytes));
    }

    /// <summary>What a page would have to fetch that draws every record.</summary>
    private static async Task<IReadOnlyList<Figure>> WholeDataAsync(HttpClient http, string job, CancellationToken cancellationToken)
    {
        long bytes = 0;
        long began = Wall.GetTimestamp();
        for (int first = 1; first <= LongJob.Records; first += PageRows)
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"{job}records?first_seq={first}&max={PageRows}");
            bytes += (await http.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellationToken)).Length;
        }

        return [new Figure("whole_data_s", Wall.GetElapsedTime(began).TotalSeconds), new Figure("whole_data_bytes", bytes)];
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"not as it must be: {what}");
        }
    }
}
