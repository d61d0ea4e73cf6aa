using CellLab.Core.Devices;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware;

/// <summary>State words and present values as channel states.</summary>
internal static class NewareStatus
{
    public static ChannelStatus Of(ChannelAddress channel, PresentValues values, DateTimeOffset readAtUtc, NewareOptions options) => new(
        channel,
        StateOf(values.State, options),
        values.State,
        readAtUtc,
        values.VoltageVolts,
        values.CurrentAmperes,
        Barcode: values.Barcode,
        StepId: values.StepId);

    /// <summary>Words named in <see cref="NewareOptions.IdleStates"/> count as idle; every other unknown word stays unknown.</summary>
    public static ChannelState StateOf(string word, NewareOptions options)
    {
        ChannelState state = NewareProtocol.StateOf(word);
        return state == ChannelState.Unknown && options.IdleStates.Contains(word) ? ChannelState.Idle : state;
    }
}
