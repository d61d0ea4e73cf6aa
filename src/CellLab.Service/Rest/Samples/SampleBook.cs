using CellLab.Core.Events;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;

namespace CellLab.Service.Rest.Samples;

/// <summary>Adds samples and versions of samples to the journal, one at a time, so that a name or a version number is never given twice.</summary>
internal sealed class SampleBook(IJournal journal, Clocks clocks) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>All versions of one sample, newest last; empty when there is none.</summary>
    public async Task<IReadOnlyList<Sample>> VersionsAsync(string name, CancellationToken cancellationToken) =>
        [.. (await journal.ReadSamplesAsync(name, cancellationToken)).OrderBy(sample => sample.Version)];

    public async Task<Sample> AddAsync(SampleInput input, string who, CancellationToken cancellationToken)
    {
        Sample sample = Accept(SampleFactory.Create(input, who, clocks.Lab.GetUtcNow()));
        await turn.WaitAsync(cancellationToken);
        try
        {
            if ((await VersionsAsync(sample.Name, cancellationToken)).Count > 0)
            {
                throw new RestProblemException(
                    StatusCodes.Status409Conflict, $"There is a sample '{sample.Name}' already.", "name",
                    "Choose another name, or correct its figures with 'sample amend'.");
            }

            await CommitAsync(sample, "sample add", sample.AcceptedCapacityReason, cancellationToken);
            return sample;
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<Sample> AmendAsync(string name, SampleInput change, string reason, string who, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<Sample> versions = await VersionsAsync(name, cancellationToken);
            if (versions.Count == 0)
            {
                throw RestProblemException.NotFound("sample", name, "GET /api/v1/samples lists them.");
            }

            Sample amended = Accept(SampleFactory.Amend(versions[^1], change, reason, who, clocks.Lab.GetUtcNow()));
            await CommitAsync(amended, "sample amend", reason, cancellationToken);
            return amended;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>The reason of an unusual capacity: null, or a text of bounded length.</summary>
    public static string? AcceptCapacity(string? reason) =>
        reason is null ? null : Bounds.Text("accept_capacity", reason, RestLimits.MaxReasonLength);

    /// <summary>The sample, or a refusal with everything that is wrong with it.</summary>
    public static Sample Accept(SampleResult result) => result.Sample ?? throw new RestProblemException(
        StatusCodes.Status422UnprocessableEntity, result.Problems[0].Message, result.Problems[0].Field, "Nothing was stored.")
    {
        Errors = result.Problems,
    };

    private Task CommitAsync(Sample sample, string command, string? reason, CancellationToken cancellationToken) => journal.CommitAsync(
        new JournalWrite
        {
            Samples = [sample],
            Audit = [new AuditEntry(0, clocks.Wall.GetUtcNow(), sample.RecordedBy, command, sample.Name, reason, $"version {sample.Version}")],
        },
        cancellationToken);
}
