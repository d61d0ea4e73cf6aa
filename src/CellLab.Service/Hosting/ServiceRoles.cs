namespace CellLab.Service.Hosting;

/// <summary>What a process does: drive instruments and serve REST, analyse, show.</summary>
[Flags]
public enum ServiceRoles
{
    None = 0,
    Acquisition = 1,
    Analysis = 2,
    Dashboard = 4,
    All = Acquisition | Analysis | Dashboard,
}

public static class ServiceRolesText
{
    /// <summary>Reads <c>acquisition,analysis</c>.</summary>
    /// <exception cref="StartRefusedException">A name is not a role.</exception>
    public static ServiceRoles Parse(string text)
    {
        ServiceRoles roles = ServiceRoles.None;
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            roles |= name switch
            {
                "acquisition" => ServiceRoles.Acquisition,
                "analysis" => ServiceRoles.Analysis,
                "dashboard" => ServiceRoles.Dashboard,
                _ => throw new StartRefusedException($"--role: '{name}' is not a role. Use acquisition, analysis or dashboard, separated by commas."),
            };
        }

        return roles == ServiceRoles.None
            ? throw new StartRefusedException("--role: no role given. Use acquisition, analysis or dashboard, separated by commas.")
            : roles;
    }

    public static IReadOnlyList<string> Names(this ServiceRoles roles) =>
        [.. Enum.GetValues<ServiceRoles>()
            .Where(role => role is ServiceRoles.Acquisition or ServiceRoles.Analysis or ServiceRoles.Dashboard && roles.HasFlag(role))
            .Select(role => role.ToString().ToLowerInvariant())];
}
