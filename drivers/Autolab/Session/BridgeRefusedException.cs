using CellLab.Core.Devices;
using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Drivers.Autolab.Session;

/// <summary>The bridge understood and said no.</summary>
internal sealed class BridgeRefusedException(RefusalLine refusal) : Exception($"{refusal.Message} ({refusal.Code})")
{
    public FaultKind Kind => refusal.Code switch
    {
        "sdk_missing" => FaultKind.Configuration,
        "not_connected" or "sdk_error" or "timeout" => FaultKind.Unreachable,
        _ => FaultKind.Rejected,
    };
}
