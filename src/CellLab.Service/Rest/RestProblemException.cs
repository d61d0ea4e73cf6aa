using CellLab.Core.Jobs;

namespace CellLab.Service.Rest;

/// <summary>A request that is answered with problem details (RFC 9457). <paramref name="field"/> is the JSON name of the member at fault,
/// <paramref name="hint"/> says what to do.</summary>
internal sealed class RestProblemException(int status, string detail, string? field = null, string? hint = null) : Exception(detail)
{
    public int Status { get; } = status;

    public string? Field { get; } = field;

    public string? Hint { get; } = hint;

    /// <summary>All findings where there are several; the message is that of the first.</summary>
    public IReadOnlyList<object>? Errors { get; init; }

    public static RestProblemException NotFound(string what, string name, string hint) =>
        new(StatusCodes.Status404NotFound, $"There is no {what} '{name}'.", null, hint);

    public static RestProblemException Invalid(string field, string detail, string hint) =>
        new(StatusCodes.Status422UnprocessableEntity, detail, field, hint);

    public static RestProblemException NoJob(JobId job) => NotFound("job", job.Value, "GET /api/v1/jobs?all=true lists all jobs.");
}
