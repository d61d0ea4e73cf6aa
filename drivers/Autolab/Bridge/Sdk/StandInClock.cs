using System.Reflection;
using CellLab.AutolabBridge.Time;

namespace CellLab.AutolabBridge.Sdk;

/// <summary>The time of a stand-in for the SDK, which declares it under a name that the vendor's library does not have.</summary>
internal sealed class StandInClock : IRunClock
{
    private const string Name = "CellLabStandInClock";
    private readonly Func<double> _now;
    private readonly Func<DateTime?> _utcNow;
    private readonly Action _begin;
    private readonly Action _end;
    private readonly Action<double, WaitHandle> _wait;

    private StandInClock(object clock)
    {
        Type type = clock.GetType();
        _now = (Func<double>)Bind(typeof(Func<double>), "Now");
        _utcNow = (Func<DateTime?>)Bind(typeof(Func<DateTime?>), "UtcNow");
        _begin = (Action)Bind(typeof(Action), "Begin");
        _end = (Action)Bind(typeof(Action), "End");
        _wait = (Action<double, WaitHandle>)Bind(typeof(Action<double, WaitHandle>), "WaitUntil");

        Delegate Bind(Type kind, string method) => Delegate.CreateDelegate(kind, clock, type.GetMethod(method)!);
    }

    public double Seconds => _now();

    public DateTime? UtcNow => _utcNow();

    public static PropertyInfo? Of(Type instrument) => instrument.GetProperty(Name);

    public static StandInClock? TryMake(object instrument) =>
        Of(instrument.GetType())?.GetValue(instrument, null) is { } clock ? new StandInClock(clock) : null;

    public void Begin() => _begin();

    public void End() => _end();

    public void WaitUntil(double seconds, WaitHandle interrupt) => _wait(seconds, interrupt);
}
