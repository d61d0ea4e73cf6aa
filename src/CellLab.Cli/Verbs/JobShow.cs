using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>job show ID</c>: where the job stands, its cycles and its last events.</summary>
internal static class JobShow
{
    public static Command Build(CliEnvironment environment)
    {
        Argument<string> id = JobVerbs.IdArgument();
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("show", "Shows one job: state, counts, cycles") { id, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            string path = $"jobs/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}";
            JsonElement job = await service.GetAsync(path, cancellationToken);
            if (parsed.GetValue(json))
            {
                Listing.WriteJson(environment, job);
                return ExitCodes.Done;
            }

            WriteJob(environment.Out, job);
            WriteClocks(environment.Out, job);
            CycleTable.Write(environment, await service.GetAsync(path + "/cycles", cancellationToken));
            return ExitCodes.Done;
        });
        return verb;
    }

    private static void WriteJob(TextWriter output, JsonElement job)
    {
        output.WriteLine($"job       {job.TextOf("job")}");
        output.WriteLine($"state     {job.TextOf("state")}{Verdict(job)}");
        if (job.TextOf("state_reason") is { Length: > 0 } reason)
        {
            output.WriteLine($"          {reason}");
        }

        if (job.TextOf("not_before_utc") is { } due)
        {
            output.WriteLine($"not before {due}");
        }

        output.WriteLine($"sample    {job.TextOf("sample.name")}, {job.TextOf("sample.active_mass_mg")} mg, {job.TextOf("sample.nominal_capacity_mah_g")} mAh/g");
        output.WriteLine($"pipeline  {job.TextOf("pipeline")}, instrument test {job.TextOf("device_test_id") ?? "not started"}, started {job.TextOf("start_count")} time(s)");
        foreach (JsonElement segment in job.Items("segments").Skip(1))
        {
            output.WriteLine($"          segment {segment.TextOf("index")} on {segment.TextOf("channel")}, test {segment.TextOf("device_test_id")}, since {segment.TextOf("started_utc")}");
        }

        output.WriteLine(
            $"records   acquired {job.TextOf("counts.acquired")}, stored {job.TextOf("counts.stored")}, " +
            $"published {job.TextOf("counts.published")}, analysed {job.TextOf("counts.analysed")}");
        if (job.TextOf("archived.folder") is { } folder)
        {
            output.WriteLine($"archived  {job.TextOf("archived.at_utc")} by {job.TextOf("archived.by")}: the records lie in {folder}");
        }

        if (job.TryGetProperty("stream_counts", out JsonElement streams) && streams.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty stream in streams.EnumerateObject())
            {
                output.WriteLine(
                    $"          of {stream.Name}: stored {stream.Value.TextOf("stored")}, published {stream.Value.TextOf("published")}, " +
                    $"analysed {stream.Value.TextOf("analysed") ?? "not yet"}");
            }
        }
    }

    /// <summary>Of the instruments against lab time, as measured.</summary>
    private static void WriteClocks(TextWriter output, JsonElement job)
    {
        foreach (JsonElement clock in job.Items("clocks"))
        {
            string offset = clock.TextOf("offset_s") is null
                ? $"not known ({clock.TextOf("source")})"
                : $"{clock.FixedOf("offset_s", "+0.000;-0.000;0.000")} s against lab time, +- {clock.FixedOf("uncertainty_s", "0.000")} s, {clock.TextOf("measured_utc")} ({clock.TextOf("source")})";
            output.WriteLine($"clock     of {clock.TextOf("device")}: {offset}");
        }
    }

    private static string Verdict(JsonElement job) => job.TextOf("verdict") is { } verdict ? $" ({verdict})" : "";
}
