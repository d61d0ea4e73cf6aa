using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Service.Offline;

/// <summary>Checks a protocol as the service would at submit, without a service.</summary>
public static class ProtocolChecker
{
    /// <param name="rateBase">The base of a sample, or of mass and capacity; null checks what can be checked without.</param>
    /// <param name="capacityAmpereHours">What 1C draws for an hour where no mass is known; a base wins over it.</param>
    public static ProtocolCheck Check(string fileName, string text, CRateBase? rateBase, double? capacityAmpereHours) =>
        ProtocolCheck.Of(ProtocolSource.Read(fileName, text), rateBase, new CompileOptions { CapacityAmpereHours = capacityAmpereHours });
}
