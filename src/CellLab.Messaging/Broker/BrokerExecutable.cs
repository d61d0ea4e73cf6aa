namespace CellLab.Messaging.Broker;

/// <summary>Finds mosquitto: distributions put it where only administrators have their path.</summary>
internal static class BrokerExecutable
{
    private static readonly string[] Usual = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin", "/usr/bin", "/usr/local/bin"];

    /// <exception cref="BrokerException">There is none; the message names the package.</exception>
    public static string Find(string nameOrPath)
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(Usual);
        IEnumerable<string> places = nameOrPath.Contains('/', StringComparison.Ordinal)
            ? [nameOrPath]
            : folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, nameOrPath));
        return places.FirstOrDefault(File.Exists) ?? throw new BrokerException(
            $"the MQTT broker '{nameOrPath}' was not found; install its package (Debian, Ubuntu: apt-get install mosquitto), "
            + "or name an external broker with mqtt.managed false, mqtt.host and mqtt.port");
    }
}
