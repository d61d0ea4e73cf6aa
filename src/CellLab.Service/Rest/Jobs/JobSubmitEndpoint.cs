using System.Security.Cryptography;
using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Service.Access;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>POST jobs</c>. With the header <c>Idempotency-Key</c> a repeated request gives the first job again: the key's job id is durable before
/// the job is, so that not even a crash in between makes two of one.</summary>
internal sealed class JobSubmitEndpoint(JobSubmission submission, IJournal journal, AccessGate gate) : IDisposable
{
    public const string KeyHeader = "Idempotency-Key";

    private readonly SemaphoreSlim turn = new(1, 1);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost(
                "/jobs",
                async (JobRequest request, HttpContext context, JobSubmitEndpoint endpoint, CancellationToken cancellationToken) =>
                {
                    JobAccepted accepted = await endpoint.SubmitAsync(request, context, cancellationToken);
                    return TypedResults.Accepted($"/api/v1/jobs/{accepted.Job}", accepted);
                })
            .WithSummary("Checks a request and queues the job; optional header Idempotency-Key");

    public void Dispose() => turn.Dispose();

    private async Task<JobAccepted> SubmitAsync(JobRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        string who = Caller.Of(context);
        await gate.RequirePipelineAsync(context, request.Pipeline ?? "");
        string key = context.Request.Headers[KeyHeader].ToString();
        if (key.Length == 0)
        {
            return await submission.SubmitAsync(JobId.New(), request, who, cancellationToken);
        }

        await turn.WaitAsync(cancellationToken);
        try
        {
            return await SubmitOnceAsync($"jobs {Bounds.Text(KeyHeader, key, RestLimits.MaxReasonLength)}", request, who, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<JobAccepted> SubmitOnceAsync(string key, JobRequest request, string who, CancellationToken cancellationToken)
    {
        string fingerprint = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, RestJson.Options)));
        if (await journal.ReadAnswerAsync(key, cancellationToken) is not { } stored)
        {
            var promise = new Promise(JobId.New().Value, fingerprint);
            await journal.CommitAsync(
                new JournalWrite { Answers = [new CommandAnswer(key, StatusCodes.Status202Accepted, JsonSerializer.Serialize(promise, RestJson.Options))] },
                cancellationToken);
            return await submission.SubmitAsync(new JobId(promise.Job), request, who, cancellationToken);
        }

        Promise first = JsonSerializer.Deserialize<Promise>(stored.BodyJson, RestJson.Options)!;
        if (first.Fingerprint != fingerprint)
        {
            throw RestProblemException.Invalid(KeyHeader, "This key was used for another request.", "Use a new key for each new request.");
        }

        return await journal.ReadJobAsync(new JobId(first.Job), cancellationToken) is null
            ? await submission.SubmitAsync(new JobId(first.Job), request, who, cancellationToken)
            : new JobAccepted(first.Job, []);
    }

    /// <summary>What a key stands for: the id of its job, and a digest of the request to tell another one.</summary>
    private sealed record Promise(string Job, string Fingerprint);
}
