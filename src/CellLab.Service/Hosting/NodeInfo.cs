using System.Reflection;

namespace CellLab.Service.Hosting;

/// <summary>Who this process is. <paramref name="StartNumber"/> grows by one with every start on the same data.</summary>
public sealed record NodeInfo(string Site, string Node, long StartNumber, ServiceRoles Roles)
{
    /// <summary>The build writes <c>version+commit</c>; without a repository there is no commit.</summary>
    private static readonly string[] Built =
        typeof(NodeInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') ?? ["unknown"];

    public static string Version => Built[0];

    /// <summary>Commit that the sources were built at, or on top of; null where it is not known.</summary>
    public static string? Commit => Built.ElementAtOrDefault(1);
}
