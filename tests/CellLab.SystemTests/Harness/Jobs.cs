using System.Text.Json;

namespace CellLab.SystemTests.Harness;

/// <summary>Waiting for jobs, and what must hold of every ended one.</summary>
internal static class Jobs
{
    public static string State(this JsonElement job) => job.GetProperty("state").GetString()!;

    public static long Count(this JsonElement job, string kind) =>
        job.GetProperty("counts").GetProperty(kind) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : -1;

    public static bool HasEnded(this JsonElement job) => job.State() is "Completed" or "Failed" or "Cancelled";

    /// <summary>Stored rows are acquired, published and analysed rows.</summary>
    public static bool IsSettled(this JsonElement job) =>
        job.HasEnded() && new[] { "acquired", "published", "analysed" }.All(kind => job.Count(kind) == job.Count("stored"));

    public static async Task<JsonElement> WaitAsync(this Lab lab, string job, string what, Func<JsonElement, bool> accept, double seconds = 120) =>
        (await Eventually.GetAsync($"job {job} {what}", TimeSpan.FromSeconds(seconds), () => lab.Api.TryJobAsync(job), answer => answer is { } read && accept(read)))!.Value;

    public static Task<JsonElement> WaitForRecordsAsync(this Lab lab, string job, long count) =>
        lab.WaitAsync(job, $"to have {count} records", answer => answer.Count("stored") >= count);

    /// <summary>Waits for the end and checks that nothing is missing, nothing double and nothing was started twice.</summary>
    public static async Task<JsonElement> CompleteWithoutGapAsync(this Lab lab, string job, double seconds = 120)
    {
        JsonElement ended = await lab.WaitAsync(job, "to end with all its records analysed", answer => answer.IsSettled(), seconds);
        Assert.Equal("Completed", ended.State());
        Assert.Equal("complete", ended.GetProperty("verdict").GetString());
        Assert.Equal(1, ended.GetProperty("start_count").GetInt32());
        Assert.Equal(1, ended.GetProperty("segments").GetArrayLength());
        List<long> numbers = await lab.Api.SequenceNumbersAsync(job);
        Assert.Equal(ended.Count("stored"), numbers.Count);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        return ended;
    }
}
