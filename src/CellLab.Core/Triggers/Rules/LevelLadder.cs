namespace CellLab.Core.Triggers.Rules;

/// <param name="Position">How many levels the value has reached.</param>
/// <param name="LastLevel">Index of the level crossed last; -1 before the first.</param>
/// <param name="Pending">A crossing that one sample shows; the next one has to confirm it.</param>
public sealed record LadderState(int Position, int LastLevel = -1, bool LastUp = false, LadderPending? Pending = null);

/// <param name="Position">Where the value stands if it is confirmed.</param>
public sealed record LadderPending(int Position, CellPoint At);

/// <param name="Crossed">Where the first level was crossed; null when none was.</param>
internal readonly record struct LadderTurn(LadderState State, CellPoint? Crossed, bool Up);

/// <summary>Crossings of a value over levels, either way, with hysteresis: a level that was just crossed is crossed back only when the value has moved
/// beyond it by the hysteresis.</summary>
/// <param name="holds">A crossing counts when the next sample is beyond the level too.</param>
internal sealed class LevelLadder(LevelSet levels, double hysteresis, bool holds)
{
    public LadderState Begin(double value) => new(levels.ReachedBy(value));

    public LadderTurn Next(LadderState state, double valueBefore, CellPoint before, double value, CellPoint now)
    {
        int reached = Reached(state, value);
        if (state.Pending is not { } pending)
        {
            return Begin(state, reached, valueBefore, before, value, now);
        }

        bool up = pending.Position > state.Position;
        int confirmed = up ? Math.Min(pending.Position, reached) : Math.Max(pending.Position, reached);
        LadderState settled = state with { Pending = null };
        if (up ? confirmed <= state.Position : confirmed >= state.Position)
        {
            return Begin(settled, reached, valueBefore, before, value, now);
        }

        settled = new LadderState(confirmed, up ? confirmed - 1 : confirmed, up);
        LadderState further = Begin(settled, Reached(settled, value), valueBefore, before, value, now).State;
        return new LadderTurn(further, pending.At, up);
    }

    private LadderTurn Begin(LadderState state, int reached, double valueBefore, CellPoint before, double value, CellPoint now)
    {
        if (reached == state.Position)
        {
            return new LadderTurn(state, null, false);
        }

        bool up = reached > state.Position;
        double level = levels[up ? state.Position : state.Position - 1];
        double share = value == valueBefore ? 1 : Math.Clamp((level - valueBefore) / (value - valueBefore), 0, 1);
        CellPoint at = before.Towards(now, share);
        return holds
            ? new LadderTurn(state with { Pending = new LadderPending(reached, at) }, null, up)
            : new LadderTurn(new LadderState(reached, up ? reached - 1 : reached, up), at, up);
    }

    private int Reached(LadderState state, double value)
    {
        int position = levels.ReachedBy(value);
        bool back = position < state.Position && state is { LastUp: true, LastLevel: >= 0 } && position <= state.LastLevel && value > levels[state.LastLevel] - hysteresis;
        bool forth = position > state.Position && state is { LastUp: false, LastLevel: >= 0 } && position > state.LastLevel && value < levels[state.LastLevel] + hysteresis;
        return back || forth ? state.Position : position;
    }
}
