using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Drivers.Autolab;

/// <summary>What a probe has to say about bridge and instrument.</summary>
internal static class AutolabFindings
{
    public static IEnumerable<string> Of(BridgeIdentity bridge, StatusAnswer status)
    {
        yield return $"bridge {bridge.Bridge}, SDK {bridge.Sdk}";
        if (bridge.Simulated)
        {
            yield return "the bridge drives a stand-in, not an instrument";
        }
        else
        {
            yield return "checked against public facts and a stand-in for the SDK only, not on this hardware: confirm the signs of current and imaginary part on the dummy cell";
        }

        if (status is { Run: null, CellIsOn: true })
        {
            yield return "the cell is ON although nothing runs";
        }
    }
}
