using CellLab.Engine.Setup;
using CellLab.Service.Options;

namespace CellLab.Service.Reloading;

/// <summary>The configuration that is in force. Its lists of devices and pipelines are the same objects all the time, with a content that a reload exchanges; the rest is asked for anew.</summary>
internal sealed class RunningConfiguration(ServiceConfiguration first)
{
    private volatile ServiceConfiguration _current = first;

    public ServiceConfiguration Current => _current;

    /// <summary>The same with lists that a reload can change.</summary>
    public static ServiceConfiguration Changeable(ServiceConfiguration configuration) => configuration with
    {
        Devices = new LiveList<DeviceEntry>(configuration.Devices),
        Pipelines = new LiveList<PipelineEntry>(configuration.Pipelines),
    };

    /// <summary>Takes over what can change while the service runs; addresses, folders and access stay those of the start.</summary>
    public void Take(ServiceConfiguration next)
    {
        ((LiveList<DeviceEntry>)_current.Devices).Replace(next.Devices);
        ((LiveList<PipelineEntry>)_current.Pipelines).Replace(next.Pipelines);
        _current = _current with { Alarms = next.Alarms, Notify = next.Notify, Archive = next.Archive };
    }
}
