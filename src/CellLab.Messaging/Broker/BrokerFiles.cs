using System.Numerics;
using System.Text;

namespace CellLab.Messaging.Broker;

/// <summary>Where the files of a managed broker lie: in <c>broker/</c> of the state folder. Every process of an installation gets the same
/// paths from the same state folder.</summary>
public sealed record BrokerFiles(string Folder, string Configuration, string AccessList, string Socket)
{
    /// <summary>Names and hashes of those who come over TCP.</summary>
    public string Readers => Path.Combine(Folder, "readers");

    public string OwnAccounts => Path.Combine(Folder, "own");

    public string OwnList => Path.Combine(Folder, "own.acl");

    /// <summary><c>sockaddr_un</c> holds 108 bytes with the closing zero (unix(7)).</summary>
    private const int LongestSocketPath = 107;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static BrokerFiles In(string stateFolder)
    {
        string folder = Path.Combine(Path.GetFullPath(stateFolder), "broker");
        return new BrokerFiles(folder, Path.Combine(folder, "mosquitto.conf"), Path.Combine(folder, "readers.acl"), SocketIn(folder));
    }

    /// <summary>Makes the folders, for the owner alone: whoever can open the socket may publish.</summary>
    public void Prepare()
    {
        MakePrivate(Folder);
        MakePrivate(Path.GetDirectoryName(Socket)!);
    }

    /// <summary>Writes what the broker reads at its start, for the owner alone.</summary>
    public void Write(BrokerOptions options, IReadOnlyList<BrokerReader> readers, bool asRoot)
    {
        WritePrivate(Configuration, BrokerConfiguration.Write(options, this, asRoot));
        WritePrivate(AccessList, BrokerAccessFiles.ReadersList(options.Access));
        WritePrivate(Readers, BrokerAccessFiles.Readers(readers));
        WritePrivate(OwnAccounts, BrokerAccessFiles.OwnAccounts(options.Access.Own));
        WritePrivate(OwnList, BrokerAccessFiles.OwnList(options.Access.Own));
    }

    /// <summary>A running broker reads it when it is told to.</summary>
    public void WriteReaders(IReadOnlyList<BrokerReader> readers) => WritePrivate(Readers, BrokerAccessFiles.Readers(readers));

    private static void WritePrivate(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>A socket whose path would be too long, or has a blank in it (mosquitto's <c>listener</c> line ends there), goes to the folder for temporary files, under a name made from the state folder's.</summary>
    private static string SocketIn(string folder)
    {
        string path = Path.Combine(folder, "mqtt.sock");
        byte[] bytes = Encoding.UTF8.GetBytes(folder);
        if (Encoding.UTF8.GetByteCount(path) <= LongestSocketPath && !path.Any(char.IsWhiteSpace))
        {
            return path;
        }

        uint crc = 0;
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return Path.Combine(Path.GetTempPath(), FormattableString.Invariant($"celllab-{Environment.UserName}-{crc:x8}"), "mqtt.sock");
    }

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(folder, OwnerOnly); // fails when it is somebody else's
    }
}
