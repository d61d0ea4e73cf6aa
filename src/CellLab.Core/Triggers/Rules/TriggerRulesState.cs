using System.Collections.Immutable;
using System.Text.Json;

namespace CellLab.Core.Triggers.Rules;

/// <summary>All that the rules remember after the last row; stored with the triggers that came of it, so that a restart neither loses nor doubles one.</summary>
/// <param name="Sequence">Of the last row that was evaluated.</param>
/// <param name="Pass">Pass of the innermost repeat round that row.</param>
/// <param name="Scopes">By the number of the trigger step; those in force.</param>
public sealed record TriggerRulesState(long Sequence, int Pass, CellTrackState Track, ImmutableDictionary<int, ScopeState> Scopes)
{
    public static TriggerRulesState New { get; } = new(0, 0, CellTrackState.New, ImmutableDictionary<int, ScopeState>.Empty);

    public string ToToken() => JsonSerializer.Serialize(this);

    public static TriggerRulesState FromToken(string? token) => token is null ? New : JsonSerializer.Deserialize<TriggerRulesState>(token) ?? New;
}
