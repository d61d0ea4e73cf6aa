using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Demo;

/// <summary>The whole way once: bench, service and analysis as processes of their own, the jobs of a plan, and the results beside what the cell
/// model gives.</summary>
internal sealed class DemoRun(DemoOptions options, CliEnvironment environment)
{
    private readonly DemoFolder folder = DemoFolder.Create(environment);

    /// <summary>Returns the exit code: 0 only when every job completed and every value is within its tolerance.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        DemoPlan plan = options switch
        {
            { Life: true } => DemoPlan.Life(folder),
            { Protocol: not null } => DemoPlan.Rates(folder, options.Protocol),
            _ => DemoPlan.Operando(folder),
        };
        await using var processes = new DemoProcesses(folder, options.Bench ?? plan.Bench, options, environment);
        using var service = new ServiceClient(environment, new Uri($"http://127.0.0.1:{options.Port}"));
        await StartAsync(processes, service, cancellationToken);
        IReadOnlyList<string> jobs = await SubmitAsync(service, plan, cancellationToken);
        await new DemoProgress(environment, service, processes).FollowAsync(jobs, cancellationToken);
        IReadOnlyList<DemoOutcome> outcomes = await OutcomesAsync(service, plan, jobs, cancellationToken);
        await TellAsync(outcomes, cancellationToken);
        processes.LeaveRunning = options.Keep;
        TellHowToEnd(processes);
        return outcomes.All(outcome => outcome.IsGood) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private async Task StartAsync(DemoProcesses processes, ServiceClient service, CancellationToken cancellationToken)
    {
        if (await service.IsThereAsync(cancellationToken))
        {
            throw CliException.Failed(
                $"something answers at {service.Address} already, perhaps another demo\nend it, or choose another port: celllab demo --port {options.Port + 100}");
        }

        environment.Out.WriteLine($"Starting bench, service and analysis; everything is kept in {folder.Path}");
        await processes.StartBenchAsync(cancellationToken);
        await processes.StartServiceAsync(service.IsReadyAsync, cancellationToken);
        processes.StartAnalysis();
        await processes.WaitAsync("the simulated cycler to be online", token => AllOnlineAsync(service, token), cancellationToken);
        environment.Out.WriteLine($"Service at {service.Address}, lab time runs {options.Speed:0} times as fast as the clock on the wall");
    }

    private static async Task<bool> AllOnlineAsync(ServiceClient service, CancellationToken cancellationToken)
    {
        JsonElement devices = await service.GetAsync("devices", cancellationToken);
        return devices.Items("devices").All(device => device.TextOf("state") == "Online");
    }

    private async Task<IReadOnlyList<string>> SubmitAsync(ServiceClient service, DemoPlan plan, CancellationToken cancellationToken)
    {
        var jobs = new List<string>();
        foreach (DemoJob job in plan.Jobs)
        {
            string text = await InputFile.ReadAsync(job.Protocol, cancellationToken);
            await service.PostAsync("samples", DemoRequests.Sample(job), null, cancellationToken);
            JsonObject body = JobRequest.Body(job.Protocol, text, job.Pipeline, job.Sample);
            JsonElement answer = await service.PostAsync("jobs", body, Guid.NewGuid().ToString("N"), cancellationToken);
            jobs.Add(answer.TextOf("job") ?? throw CliException.Failed("the service did not name the job"));
            environment.Out.WriteLine($"{job.Sample}: job {jobs[^1]} on {job.Pipeline}, {Path.GetFileName(job.Protocol)}");
        }

        return jobs;
    }

    private static async Task<IReadOnlyList<DemoOutcome>> OutcomesAsync(
        ServiceClient service, DemoPlan plan, IReadOnlyList<string> jobs, CancellationToken cancellationToken)
    {
        var outcomes = new List<DemoOutcome>();
        foreach ((DemoJob job, string id) in plan.Jobs.Zip(jobs))
        {
            DemoAnswers answers = await DemoAnswers.ReadAsync(service, id, cancellationToken);
            outcomes.Add(new DemoOutcome(job.Sample, answers, job.Judge(answers)));
        }

        return outcomes;
    }

    private async Task TellAsync(IReadOnlyList<DemoOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (DemoOutcome outcome in outcomes)
        {
            DemoTable.Write(environment.Out, outcome);
        }

        environment.Out.WriteLine();
        environment.Out.WriteLine($"Data, logs and configuration: {folder.Path}");
        if (options.JsonFile is { } file)
        {
            var document = new JsonObject { ["jobs"] = new JsonArray([.. outcomes.Select(outcome => outcome.ToJson())]) };
            await OutputFile.WriteAsync(file, document.ToJsonString() + "\n", cancellationToken);
        }
    }

    private void TellHowToEnd(DemoProcesses processes)
    {
        if (options.Keep)
        {
            environment.Out.WriteLine($"Still running; use it with:  export CELLLAB_URL=http://127.0.0.1:{options.Port}");
            environment.Out.WriteLine($"End it with:  kill {string.Join(' ', processes.Ids.Reverse())}");
        }
    }
}
