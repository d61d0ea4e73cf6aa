using CellLab.Core.Devices;

namespace CellLab.Engine.Supervision;

/// <summary>Looks at devices that nobody polls: a mass spectrometer between two jobs, a gas panel, a trigger output. Read only.</summary>
internal sealed class DeviceHealth(IDevice device, TimeSpan interval, TimeProvider wall)
{
    private long? _lastTalk;

    public bool IsDue => _lastTalk is not { } last || wall.GetElapsedTime(last) >= interval;

    /// <summary>Whatever is asked of it shows whether it answers.</summary>
    public void Talked() => _lastTalk = wall.GetTimestamp();

    /// <returns>What is wrong with it, with its name; null when it is well.</returns>
    /// <exception cref="DeviceFaultException">It does not answer, or not in its protocol.</exception>
    public async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FoundAsync(cancellationToken) is { } wrong ? $"{device.Id}: {wrong}" : null;
        }
        catch (DeviceFaultException refused) when (!refused.IsTransient)
        {
            return refused.Message;
        }
        finally
        {
            Talked();
        }
    }

    private async Task<string?> FoundAsync(CancellationToken cancellationToken)
    {
        if (device.TryGet<IGasAnalyzer>(out var analyzer))
        {
            GasAnalyzerStatus status = await analyzer.InspectAsync(cancellationToken);
            return status.Errors.Count == 0 ? null : string.Join("; ", status.Errors);
        }

        if (device.TryGet<IGasPanel>(out var panel))
        {
            await panel.InspectAsync(cancellationToken);
        }
        else if (device.TryGet<ITriggerOutput>(out var trigger))
        {
            return (await trigger.ReadAsync(cancellationToken)).Fault;
        }

        return null;
    }
}
