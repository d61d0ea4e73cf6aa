using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;

namespace CellLab.TestKit.Devices;

/// <summary>Valves in memory: keeps every route that was set or confirmed.</summary>
public sealed class ScriptedPanel(string id) : IDevice, IGasPanel
{
    private readonly Lock _lock = new();
    private readonly List<GasRoute> _routes = [];

    public DeviceId Id { get; } = new(id);

    public bool TurnedByHand { get; init; }

    public CarrierFlow Carrier { get; } = new(0.5, 25, 101325, 0.01);

    public DeviceFaultException? Broken { get; set; }

    /// <summary>Called before a switch.</summary>
    public Action<GasRoute>? OnSwitch { get; set; }

    /// <summary>Without repeats.</summary>
    public IReadOnlyList<GasRoute> Routes
    {
        get
        {
            lock (_lock)
            {
                return [.. _routes];
            }
        }
    }

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => Answer(new DeviceIdentity("scripted panel", id, "1"));

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<GasPanelStatus> InspectAsync(CancellationToken cancellationToken) =>
        Answer(new GasPanelStatus(Routes.Count == 0 ? null : Routes[^1], "as set", null, null));

    public async Task SwitchAsync(GasRoute route, CancellationToken cancellationToken)
    {
        await Answer(true);
        OnSwitch?.Invoke(route);
        Add(route);
    }

    public string TaskFor(GasRoute route) => $"Turn the valves to {route}";

    public void Confirm(GasRoute route, string who, DateTimeOffset at) => Add(route);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Add(GasRoute route)
    {
        lock (_lock)
        {
            if (_routes.Count == 0 || _routes[^1] != route)
            {
                _routes.Add(route);
            }
        }
    }

    private Task<T> Answer<T>(T answer) => Broken is { } fault ? Task.FromException<T>(fault) : Task.FromResult(answer);
}
