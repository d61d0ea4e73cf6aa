using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests.Faults;

/// <summary>Throws one fault during a running job, takes it back, and says what came of it.</summary>
internal sealed class FaultThrow(Lab lab, BenchControl control, SweepSubject subject, string job, IReadOnlyList<string> witnesses)
{
    /// <summary>Rows that a witness stores, one in 10 lab seconds, while the fault is on and again while everything recovers.</summary>
    private const int WitnessRows = 40;

    /// <summary>The same for a fault that nobody has noticed yet: longer than any instrument's reply time-out on the bench at speed 100.</summary>
    private const int PatientRows = 200;

    /// <summary>Above the noise of any instrument of the bench at open circuit, A.</summary>
    private const double NoCurrent = 2e-4;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    private readonly List<string> _problems = [];

    public async Task<SweepRow> RunAsync(string fault, bool onChannel)
    {
        BenchLook before = await LookAsync();
        await control.SetAsync(fault, subject.Device, onChannel ? subject.Channel : null, Parameters(fault));
        await WitnessesGoOnAsync(before, "while it was on");
        BenchLook during = await NoticedAsync(before);
        await control.ClearAsync(fault, subject.Device);
        BenchLook after = await RecoveredAsync(before, during);
        RequireQuiet(before, after);
        if (ExpectedOutcome.Contradiction(subject.Device, fault, after.Jobs[job].State() == "Running", after.SpeaksOfTrouble(before)) is { } otherwise)
        {
            _problems.Add(otherwise);
        }

        return new SweepRow(subject.Device, fault, Outcome(during, after), Said(before, after), _problems);
    }

    private Dictionary<string, string> Parameters(string fault) => fault switch
    {
        "delay" when ExpectedOutcome.IsSource(subject.Device) => new() { ["ms"] = "2000" }, // beyond its time-out; a shorter one makes the bench hold its clock for each reply
        "cell-moved" => new() { ["to"] = "21-1-1" },
        "barcode-text" => new() { ["text"] = "somebody else's" },
        _ => [],
    };

    private Task<BenchLook> LookAsync() => BenchLook.TakeAsync(lab, job, witnesses);

    /// <summary>Until the fault shows somewhere, or has had its time.</summary>
    private async Task<BenchLook> NoticedAsync(BenchLook before)
    {
        string clock = witnesses[0];
        long enough = before.Jobs[clock].Count("stored") + PatientRows;
        BenchLook look = await LookAsync();
        await WatchAsync(
            $"witness {clock} stood still",
            async () =>
            {
                look = await LookAsync();
                return !look.IsOnline(subject.Device) || look.Jobs[job].State() != "Running" || look.AlarmsSince(before).Any() || look.Jobs[clock].Count("stored") >= enough;
            });
        return look;
    }

    private async Task WitnessesGoOnAsync(BenchLook before, string when)
    {
        foreach (string witness in witnesses)
        {
            long wanted = before.Jobs[witness].Count("stored") + WitnessRows;
            await WatchAsync($"witness {witness} did not go on {when}", async () => (await lab.Api.GetAsync($"jobs/{witness}")).Count("stored") >= wanted);
        }
    }

    /// <summary>The device is online again, and the job stores rows again or is over.</summary>
    private async Task<BenchLook> RecoveredAsync(BenchLook before, BenchLook during)
    {
        BenchLook look = during;
        await WatchAsync("the device did not come back", async () => (look = await LookAsync()).IsOnline(subject.Device));
        long rows = look.Jobs[job].Count("stored");
        await WatchAsync(
            "the job neither goes on nor is over",
            async () =>
            {
                look = await LookAsync();
                return IsOver(look) || (look.Jobs[job].State() == "Running" && look.Jobs[job].Count("stored") > rows);
            });
        await WitnessesGoOnAsync(during, "after it");
        BenchLook end = await LookAsync();
        if (IsOver(end) && end.AmperesOf(CyclerChannel(before)) is { } amperes && Math.Abs(amperes) > NoCurrent)
        {
            _problems.Add(FormattableString.Invariant($"the job is {end.Jobs[job].State()} and {amperes} A flow"));
        }

        return end;
    }

    private bool IsOver(BenchLook look) => look.Jobs[job].HasEnded() || look.Jobs[job].State() is "Paused" or "Waiting";

    private static string CyclerChannel(BenchLook look) => look.Devices.Count > 0
        ? look.Jobs.Values.First().GetProperty("segments").EnumerateArray().Select(segment => BenchLook.Text(segment, "channel")).LastOrDefault() ?? ""
        : "";

    /// <summary>No other device has an alarm, and the witnesses run without one.</summary>
    private void RequireQuiet(BenchLook before, BenchLook after)
    {
        foreach (JsonElement alarm in after.AlarmsSince(before))
        {
            string at = BenchLook.Text(alarm, "job") is { Length: > 0 } told ? told : BenchLook.Text(alarm, "device");
            if (at != job && at != subject.Device && at.Length > 0)
            {
                _problems.Add($"alarm at {at}: {BenchLook.Text(alarm, "text")}");
            }
        }

        _problems.AddRange(witnesses.Where(witness => after.Jobs[witness].State() != "Running").Select(witness => $"witness {witness} is {after.Jobs[witness].State()}"));
        _problems.AddRange(after.Devices.Keys.Where(device => device != subject.Device && before.IsOnline(device) && !after.IsOnline(device)).Select(device => $"{device} is not online"));
    }

    private string Outcome(BenchLook during, BenchLook after)
    {
        string state = after.Jobs[job].State();
        string verdict = BenchLook.Text(after.Jobs[job], "verdict");
        string end = state == "Running" ? "job goes on" : $"job {state}{(verdict.Length > 0 ? $", {verdict}" : "")}";
        return during.IsOnline(subject.Device) ? end : $"device offline, back; {end}";
    }

    private static string Said(BenchLook before, BenchLook after)
    {
        string[] said =
        [
            .. after.AlarmsSince(before).Select(alarm => $"alarm: {BenchLook.Text(alarm, "text")}").Distinct(),
            .. after.EventsSince(before).Where(text => text.Length > 0).Distinct().Take(3),
        ];
        return said.Length == 0 ? "nothing: not noticed" : string.Join("; ", said);
    }

    private async Task WatchAsync(string problem, Func<Task<bool>> condition)
    {
        try
        {
            await Eventually.GetAsync(problem, s_limit, condition, yes => yes);
        }
        catch (TimeoutException)
        {
            _problems.Add(problem);
        }
    }
}
