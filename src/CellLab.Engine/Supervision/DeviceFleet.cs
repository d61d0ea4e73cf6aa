using CellLab.Core.Devices;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Supervision;

/// <summary>The devices of the Engine, each with the task that serves it. Devices come and go while the others are served.</summary>
internal sealed class DeviceFleet(Func<DeviceRegistration, DeviceSupervisor> supervise)
{
    private readonly Dictionary<DeviceId, (CancellationTokenSource Ending, Task Task)> _served = [];
    private volatile IReadOnlyDictionary<DeviceId, DeviceSupervisor> _supervisors = new Dictionary<DeviceId, DeviceSupervisor>();

    public LiveList<DeviceRegistration> Registrations { get; } = new([]);

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyDictionary<DeviceId, DeviceSupervisor> Supervisors => _supervisors;

    public void Add(IEnumerable<DeviceRegistration> registrations)
    {
        DeviceRegistration[] all = [.. Registrations, .. registrations];
        Dictionary<DeviceId, DeviceSupervisor> present = new(_supervisors);
        foreach (DeviceRegistration added in all.Where(registration => !present.ContainsKey(registration.Device.Id)))
        {
            present.Add(added.Device.Id, supervise(added));
        }

        Registrations.Replace(all);
        _supervisors = present;
    }

    /// <summary>Begins to serve those that are not served yet.</summary>
    public void Serve(CancellationToken stopping)
    {
        foreach ((DeviceId id, DeviceSupervisor supervisor) in _supervisors.Where(pair => !_served.ContainsKey(pair.Key)))
        {
            var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            _served.Add(id, (ending, Task.Run(() => supervisor.RunAsync(ending.Token), CancellationToken.None)));
        }
    }

    /// <summary>Ends the reading of the device and lets go of its connection; nothing is sent to it.</summary>
    public async Task RemoveAsync(DeviceId id)
    {
        if (_served.Remove(id, out (CancellationTokenSource Ending, Task Task) served))
        {
            await served.Ending.CancelAsync();
            await served.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            served.Ending.Dispose();
        }

        DeviceRegistration? gone = Registrations.FirstOrDefault(registration => registration.Device.Id == id);
        Registrations.Replace(Registrations.Where(registration => registration.Device.Id != id));
        _supervisors = _supervisors.Where(pair => pair.Key != id).ToDictionary();
        if (gone is not null)
        {
            await gone.Device.DisposeAsync();
        }
    }

    /// <summary>After the token of <see cref="Serve"/> has ended.</summary>
    public async Task CloseAsync()
    {
        foreach (DeviceId id in Registrations.Select(registration => registration.Device.Id).ToList())
        {
            await RemoveAsync(id);
        }
    }
}
