namespace CellLab.Core.Devices;

/// <summary>States and new records of all channels of a device.</summary>
public interface IChannelBank
{
    /// <summary>The channels of the configuration that the device has confirmed at connect.</summary>
    IReadOnlyList<ChannelAddress> Channels { get; }

    /// <summary>How often, in lab time, polling makes sense.</summary>
    TimeSpan PollInterval { get; }

    /// <summary>State, test and open-circuit voltage of one channel, read now and never from a cache: for start and recovery.</summary>
    Task<ChannelStatus> InspectAsync(ChannelAddress channel, CancellationToken cancellationToken);

    /// <summary>One turn: the states of all channels and, for each followed one, the records after its cursor, in order, without gap or
    /// repeat. The driver limits the size of a turn; <see cref="FollowedReading.More"/> asks for the next one at once.</summary>
    /// <exception cref="DeviceFaultException">Nothing of the turn counts; the next turn starts from the same cursors.</exception>
    Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken);
}
