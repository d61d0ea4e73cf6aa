using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Service.Offline;

/// <summary>Checks a protocol as the service would at submit, without a service.</summary>
public static class ProtocolChecker
{
    /// <param name="rateBase">The base of a sample, or of mass and capacity; null checks what can be checked without.</param>
    /// <param name="capacityAmpereHours">What 1C draws for an hour where no mass is known; a base wins over it.</param>
    /// <param name="accuracy">Ranges and errors of the channel.</param>
    /// <param name="settings">Values for the file's parameters.</param>
    public static ProtocolCheck Check(
        string fileName, string text, CRateBase? rateBase, double? capacityAmpereHours, CurrentAccuracy? accuracy = null,
        IReadOnlyDictionary<string, string>? settings = null)
    {
        var options = new CompileOptions
        {
            CapacityAmpereHours = capacityAmpereHours,
            CurrentRangeAmperes = accuracy?.RangesAmperes.Max(),
            Accuracy = accuracy ?? CurrentAccuracy.Default,
        };
        return ProtocolCheck.Of(ProtocolSource.Read(fileName, text, settings), rateBase, options);
    }
}
