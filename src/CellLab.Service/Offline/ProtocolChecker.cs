using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Service.Offline;

/// <summary>Checks a protocol as the service would at submit, without a service.</summary>
public static class ProtocolChecker
{
    /// <param name="rateBase">The base of a sample, or of mass and capacity; null checks what can be checked without.</param>
    /// <param name="capacityAmpereHours">What 1C draws for an hour where no mass is known; a base wins over it.</param>
    /// <param name="channel">What the channel that is to run it can do; null when none is chosen.</param>
    /// <param name="massIsRegistered">The base is that of a registered sample.</param>
    public static ProtocolCheck Check(
        ProtocolText protocol, CRateBase? rateBase, double? capacityAmpereHours, ChosenChannel? channel = null, bool massIsRegistered = false)
    {
        CompileOptions options = CompileOptions.ForPerson(channel?.Capability, channel?.Pipeline) with
        {
            CapacityAmpereHours = capacityAmpereHours, MassIsRegistered = massIsRegistered, Holder = channel?.Holder, AcceptsLosses = protocol.AcceptLosses,
        };
        return ProtocolCheck.Of(protocol.Read(), rateBase, options);
    }
}
