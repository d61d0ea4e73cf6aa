using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests.Faults;

/// <summary>Keeps one job of a subject running: starts it, and a new one when a fault has ended it.</summary>
internal sealed class SweepJobs(FullBench bench, BenchControl control)
{
    private const double StartLimit = 180;

    public async Task<string> StartAsync(SweepSubject subject)
    {
        string sample = $"sweep-{subject.Device}-{Guid.NewGuid().ToString("N")[..8]}"; // a sample belongs to one job, and the bench to all tests of the class
        string file = bench.Lab.Folder.Write($"{sample}.yaml", subject.Protocol);
        JsonElement submitted = await bench.JsonAsync(
            "job", "submit", file, "--pipeline", subject.Pipeline, "--sample", sample, "--mass", subject.Mass, "--capacity", "250mAh/g", "--accept-ocv", "fault sweep");
        string job = submitted.GetProperty("job").GetString()!;
        if (subject.Device == "land1")
        {
            await bench.Lab.WaitAsync(job, "to wait for a person", answer => answer.State() == "Waiting", StartLimit);
            await control.SetAsync("operator-start", subject.Device, subject.Channel, new Dictionary<string, string> { ["text"] = $"{sample}_{job[..8]}" });
        }

        else
        {
            await PlayPersonAsync(job);
        }

        int rows = subject.Device == "land1" || ExpectedOutcome.IsSource(subject.Device) ? 2 : 0; // a data file without records is not yet known as this test's, an output not yet on cannot trip
        await bench.Lab.WaitAsync(job, "to run", answer => answer.State() == "Running" && answer.Count("stored") >= rows, StartLimit);
        return job;
    }

    /// <summary>A bench without a gas panel asks a person to turn valves before the job runs: says that it is done, as often as it is refused.</summary>
    private Task<string> PlayPersonAsync(string job) => Eventually.GetAsync(
        $"job {job} to run once a person has done what it asks",
        TimeSpan.FromSeconds(StartLimit),
        async () =>
        {
            JsonElement found = await bench.Lab.Api.GetAsync($"jobs/{job}");
            if (found.State() == "Waiting")
            {
                await bench.Lab.CliAsync("job", "resume", job);
            }

            return found.State();
        },
        state => state == "Running");

    /// <summary>The same job while it runs with nothing wrong, else a new one: what a fault has switched off for good would hide the next.</summary>
    public async Task<string> KeepAsync(SweepSubject subject, string job)
    {
        JsonElement now = await bench.Lab.Api.GetAsync($"jobs/{job}");
        JsonElement alarms = (await bench.Lab.Api.GetAsync("alarms")).GetProperty("alarms");
        if (now.State() == "Running" && !alarms.EnumerateArray().Any(alarm => alarm.GetProperty("active").GetBoolean() && BenchLook.Text(alarm, "job") == job))
        {
            return job;
        }

        await EndAsync(subject, job);
        return await StartAsync(subject);
    }

    public async Task EndAsync(SweepSubject subject, string job)
    {
        if (subject.Device == "land1")
        {
            await control.SetAsync("operator-stop", subject.Device, subject.Channel, new Dictionary<string, string>()); // its test goes on without its job
        }

        if ((await bench.Lab.Api.GetAsync($"jobs/{job}")).HasEnded())
        {
            return;
        }

        if (subject.Device == "land1")
        {
            await bench.Lab.WaitAsync(job, "to see that its test is over", answer => answer.State() != "Running", StartLimit);
        }

        await bench.Lab.CliAsync("job", "stop", job, "--reason", "the sweep goes on with another"); // refused where it has ended meanwhile
        await bench.Lab.WaitAsync(job, "to have ended", answer => answer.HasEnded(), StartLimit);
    }
}
