using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;
using CellLab.HardwareSim.Expected;

namespace CellLab.Cli.Demo;

/// <summary>The whole way once: bench, service and analysis as processes of their own, two cells, the rate map, and the results beside what
/// the cell model gives.</summary>
internal sealed class DemoRun(DemoOptions options, CliEnvironment environment)
{
    private static readonly string[] Materials = ["LMNO", "LMNPO-VO"];
    private readonly DemoFolder folder = DemoFolder.Create(environment);

    /// <summary>Returns the exit code: 0 only when every job completed and every value is within its tolerance.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var processes = new DemoProcesses(folder, options, environment);
        using var service = new ServiceClient(environment, new Uri($"http://127.0.0.1:{options.Port}"));
        await StartAsync(processes, service, cancellationToken);
        IReadOnlyList<DemoCell> cells = await CellsAsync(service, cancellationToken);
        IReadOnlyList<string> jobs = await SubmitAsync(service, cells, cancellationToken);
        await new DemoProgress(environment, service, processes).FollowAsync(jobs, cancellationToken);
        IReadOnlyList<DemoOutcome> outcomes = await OutcomesAsync(service, cells, jobs, cancellationToken);
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

    /// <summary>The bench offers its pipelines in the order of its cells.</summary>
    private static async Task<IReadOnlyList<DemoCell>> CellsAsync(ServiceClient service, CancellationToken cancellationToken)
    {
        JsonElement answer = await service.GetAsync("pipelines", cancellationToken);
        List<string> pipelines = [.. answer.Items("pipelines").Select(pipeline => pipeline.TextOf("id") ?? "")];
        return pipelines.Count >= Materials.Length
            ? [.. Materials.Zip(pipelines, (material, pipeline) => new DemoCell(material, pipeline, ExpectedCell.Of(material)))]
            : throw CliException.Failed($"the demo bench has {pipelines.Count} pipelines, {Materials.Length} are needed; see config/benches/demo.json");
    }

    private async Task<IReadOnlyList<string>> SubmitAsync(ServiceClient service, IReadOnlyList<DemoCell> cells, CancellationToken cancellationToken)
    {
        string file = options.Protocol ?? folder.RateMap;
        string text = await InputFile.ReadAsync(file, cancellationToken);
        var jobs = new List<string>();
        foreach (DemoCell cell in cells)
        {
            await service.PostAsync("samples", DemoRequests.Sample(cell), null, cancellationToken);
            JsonObject body = JobRequest.Body(file, text, cell.Pipeline, cell.Sample);
            JsonElement answer = await service.PostAsync("jobs", body, Guid.NewGuid().ToString("N"), cancellationToken);
            jobs.Add(answer.TextOf("job") ?? throw CliException.Failed("the service did not name the job"));
            environment.Out.WriteLine($"{cell.Sample}: job {jobs[^1]} on {cell.Pipeline}, {Path.GetFileName(file)}");
        }

        return jobs;
    }

    private async Task<IReadOnlyList<DemoOutcome>> OutcomesAsync(
        ServiceClient service, IReadOnlyList<DemoCell> cells, IReadOnlyList<string> jobs, CancellationToken cancellationToken)
    {
        var outcomes = new List<DemoOutcome>();
        foreach ((DemoCell cell, string job) in cells.Zip(jobs))
        {
            JsonElement answer = await service.GetAsync($"jobs/{job}", cancellationToken);
            JsonElement cycles = await service.GetAsync($"jobs/{job}/cycles", cancellationToken);
            outcomes.Add(new DemoOutcome(cell, answer, cycles, DemoResults.Compare(cell.Expected, cycles, options.Protocol is null)));
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
