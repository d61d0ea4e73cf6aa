using System.Text.Json;
using CellLab.Benchmarks.Pipeline;

namespace CellLab.Benchmarks.Months;

/// <summary>A month of a laboratory in some twenty minutes: all channels cycle to the last day, at four rates.</summary>
internal sealed class MonthBenchmark : IBenchmark
{
    private const int Channels = 64;
    private const int Days = 30;
    private const int DaysBetweenLooks = 5;
    private const double Speed = 2000;
    private const double PollSeconds = 60;
    private const int MoreCyclesThanAMonthHas = 3000;
    private static readonly TimeProvider Wall = TimeProvider.System;
    private static readonly (double Rate, double RecordSeconds)[] Loads = [(1, 60), (0.5, 60), (0.2, 120), (0.1, 120)];

    public string Name => "thirty-days";

    public string Summary => $"{Channels} channels at 1C to 0.1C for {Days} days of lab time at speed {Speed}; memory, handles, files and answers";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-month-").FullName;
        try
        {
            await using PipelineLab lab = await PipelineLab.StartAsync(folder, Channels, Speed, PollSeconds, cancellationToken);
            await lab.SubmitAllAsync(ProtocolOf, cancellationToken);
            return [.. await LooksAsync(lab, cancellationToken), .. await BalanceAsync(lab, cancellationToken)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string ProtocolOf(int channel)
    {
        (double rate, double seconds) = Loads[channel % Loads.Length];
        return LabFiles.Cycling(rate, seconds, MoreCyclesThanAMonthHas);
    }

    private static async Task<IReadOnlyList<Figure>> LooksAsync(PipelineLab lab, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        double began = lab.ProcessorSeconds().Service;
        DateTimeOffset start = await LabTimeAsync(lab, cancellationToken);
        for (int day = 1; day <= Days; day += day == 1 ? DaysBetweenLooks - 1 : DaysBetweenLooks)
        {
            while (await LabTimeAsync(lab, cancellationToken) < start.AddDays(day))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), Wall, cancellationToken);
            }

            LaboratoryLook look = await LaboratoryLook.TakeAsync(lab, cancellationToken);
            Console.WriteLine($"  day {day}: {look}"); // it takes long: something to see meanwhile
            figures.AddRange(look.Figures($"day_{day:00}"));
        }

        figures.Add(new("service_processor_s", lab.ProcessorSeconds().Service - began));
        return figures;
    }

    private static async Task<DateTimeOffset> LabTimeAsync(PipelineLab lab, CancellationToken cancellationToken)
    {
        using JsonDocument status = JsonDocument.Parse(await lab.Http.GetStringAsync(new Uri("status", UriKind.Relative), cancellationToken));
        return status.RootElement.GetProperty("clock").GetProperty("lab_utc").GetDateTimeOffset();
    }

    /// <summary>What a month may not have cost: a job, a record, an alarm that stays.</summary>
    private static async Task<IReadOnlyList<Figure>> BalanceAsync(PipelineLab lab, CancellationToken cancellationToken)
    {
        using JsonDocument jobs = JsonDocument.Parse(await lab.Http.GetStringAsync(new Uri("jobs?all=true", UriKind.Relative), cancellationToken));
        using JsonDocument alarms = JsonDocument.Parse(await lab.Http.GetStringAsync(new Uri("alarms", UriKind.Relative), cancellationToken));
        JsonElement[] all = [.. jobs.RootElement.GetProperty("jobs").EnumerateArray()];
        return
        [
            new("jobs_running", all.Count(job => job.GetProperty("state").GetString() == "Running")),
            new("records_acquired_but_not_stored", all.Sum(job => Count(job, "acquired") - Count(job, "stored"))),
            new("alarms_raised", alarms.RootElement.GetProperty("alarms").GetArrayLength()),
            new("alarms_active", alarms.RootElement.GetProperty("alarms").EnumerateArray().Count(alarm => alarm.GetProperty("active").GetBoolean())),
        ];

        static double Count(JsonElement job, string kind) => job.GetProperty("counts").GetProperty(kind).GetDouble();
    }
}
