using System.Reflection;

namespace CellLab.Service.Hosting;

/// <summary>Who this process is. <paramref name="StartNumber"/> grows by one with every start on the same data.</summary>
public sealed record NodeInfo(string Site, string Node, long StartNumber, ServiceRoles Roles)
{
    public static string Version { get; } = ReadVersion();

    private static string ReadVersion()
    {
        string? text = typeof(NodeInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return text?.Split('+')[0] ?? "unknown";
    }
}
