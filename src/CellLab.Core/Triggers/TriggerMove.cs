namespace CellLab.Core.Triggers;

/// <summary>One step of the machine while it is made.</summary>
internal sealed class TriggerMove(TriggerStation station, TriggerSignal signal, TriggerSettings settings)
{
    private readonly List<TriggerEffect> _effects = [];

    public TriggerStation Station { get; private set; } = station;

    public TriggerSignal Signal => signal;

    public TriggerSettings Settings => settings;

    public IReadOnlyList<TriggerEffect> Effects => _effects;

    public void Add(TriggerEffect effect) => _effects.Add(effect);

    public void Change(Func<TriggerStation, TriggerStation> change) => Station = change(Station);

    public void Go(TriggerState state) => Station = Station with { State = state, Since = signal.LabUtc, SinceWall = signal.Wall };

    public void Drop(string id, DropReason reason)
    {
        Add(new TriggerDropped(id, reason));
        Change(s => s with { Missed = s.Missed + (reason == DropReason.Repeated ? 0 : 1) });
    }

    /// <summary>The pattern that is out, if any, cannot be followed any more.</summary>
    public void Lose(string why)
    {
        if (Station.Current is string id)
        {
            Add(new PatternLost(id, why));
            Change(s => s with { Current = null });
        }
    }
}
