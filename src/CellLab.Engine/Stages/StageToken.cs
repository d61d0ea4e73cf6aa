using System.Text.Json;
using CellLab.Core.Jobs;

namespace CellLab.Engine.Stages;

/// <summary>What a segment of another instrument or a person remembers over a restart, in place of an instrument's resume token.</summary>
/// <param name="PauseBy">Who wants the job to be held when the step is over.</param>
internal sealed record StageToken(string? PauseBy = null)
{
    public string ToText() => JsonSerializer.Serialize(this);

    public static StageToken Of(Segment? segment) =>
        segment is { Stage: not null, ResumeToken: { } text } ? JsonSerializer.Deserialize<StageToken>(text) ?? new StageToken() : new StageToken();
}
