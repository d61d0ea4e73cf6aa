using CellLab.Core.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.Contracts;

/// <summary>Connects as the Engine does after a loss: until it works. A cut pseudo-terminal is away for a moment, like an adapter that was pulled out.</summary>
internal static class Reconnecting
{
    public static Task ConnectAgainAsync(this IDevice device) => Eventually.TrueAsync(() => TryConnectAsync(device), "a new connection", 60);

    private static async Task<bool> TryConnectAsync(IDevice device)
    {
        try
        {
            await device.ConnectAsync(CancellationToken.None);
            return true;
        }
        catch (DeviceFaultException fault) when (fault.IsTransient)
        {
            return false;
        }
    }
}
