using System.Runtime.InteropServices;

namespace CellLab.Messaging.Clients;

/// <summary>Loads libmosquitto once per process; its initialisation is not thread safe.</summary>
internal static class NativeLibraryLoader
{
    private static readonly Lock Gate = new();
    private static bool _initialised;

    /// <exception cref="MessageException">The library is not installed; the message names the package.</exception>
    public static void EnsureLoaded(string library = LibMosquitto.Library)
    {
        if (!NativeLibrary.TryLoad(library, typeof(NativeLibraryLoader).Assembly, null, out _))
        {
            throw new MessageException(
                $"the MQTT library {library} was not found; install its package (Debian, Ubuntu: apt-get install libmosquitto1; Fedora: dnf install mosquitto)");
        }

        lock (Gate)
        {
            if (!_initialised)
            {
                _ = LibMosquitto.LibInit();
                _initialised = true;
            }
        }
    }
}
