using System.Globalization;
using System.Text.Json;
using CellLab.Cli.Client;

namespace CellLab.Cli.Text;

/// <summary>Where a job stands, in one line.</summary>
internal static class ProgressLine
{
    public static string Of(JsonElement job)
    {
        string state = job.TextOf("state") ?? "";
        string verdict = job.TextOf("verdict") is { } word ? $" ({word})" : "";
        string records = $"{job.TextOf("counts.stored") ?? "0"} records";
        string reason = job.TextOf("state_reason") is { Length: > 0 } text && state is not "Running" ? $"  {text}" : "";
        return $"{job.TextOf("sample.name")}  {state}{verdict}{Place(job)}  {records}{reason}";
    }

    private static string Place(JsonElement job)
    {
        if (job.At("progress") is not { } progress)
        {
            return "";
        }

        double hours = (progress.NumberOf("test_time_s") ?? 0) / 3600;
        string time = string.Create(CultureInfo.InvariantCulture, $"{hours:0.00} h");
        return $"  cycle {progress.TextOf("cycle")} {progress.TextOf("block")}  {time}" +
            $"  {progress.FixedOf("voltage_v", "0.0000")} V  {CurrentText.Of(progress.NumberOf("current_a") ?? 0)}";
    }
}
