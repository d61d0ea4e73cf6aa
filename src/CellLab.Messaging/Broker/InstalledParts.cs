using CellLab.Messaging.Clients;

namespace CellLab.Messaging.Broker;

/// <summary>What of other people's programs messaging needs on this machine.</summary>
public static class InstalledParts
{
    /// <summary>Full path of the broker.</summary>
    /// <exception cref="BrokerException">There is none; the message names the package.</exception>
    public static string Broker() => BrokerExecutable.Find(new BrokerOptions().Executable);

    /// <exception cref="MessageException">The client library is not installed; the message names the package.</exception>
    public static void RequireClientLibrary() => NativeLibraryLoader.EnsureLoaded();
}
