using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>job watch ID</c>: one line whenever something has moved, until the job has ended.</summary>
internal static class JobWatch
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    public static Command Build(CliEnvironment environment)
    {
        Argument<string> id = JobVerbs.IdArgument();
        var verb = new Command("watch", "Follows a job until it has ended; exit code 0 when it completed") { id };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            JsonElement job = await FollowAsync(environment, service, parsed.GetRequiredValue(id), cancellationToken);
            return job.TextOf("state") == "Completed" ? ExitCodes.Done : ExitCodes.Failed;
        });
        return verb;
    }

    private static async Task<JsonElement> FollowAsync(
        CliEnvironment environment, ServiceClient service, string id, CancellationToken cancellationToken)
    {
        string last = "";
        using var timer = new PeriodicTimer(LookAgain, environment.Wall);
        do
        {
            JsonElement job = await service.GetAsync($"jobs/{Uri.EscapeDataString(id)}", cancellationToken);
            string line = ProgressLine.Of(job);
            if (line != last)
            {
                await environment.Out.WriteLineAsync(line);
                last = line;
            }

            if (JobStates.IsFinal(job))
            {
                return job;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));

        throw new OperationCanceledException(cancellationToken);
    }
}
