namespace CellLab.Service.Access;

/// <summary>Which requests need which role.</summary>
internal static class AccessPaths
{
    public const string Session = "/api/v1/session";

    private static readonly string[] Guarded = ["/api", "/metrics", "/openapi", "/health"];

    private static readonly string[] Open = [Session, "/health/live"];

    /// <summary>Computed from what is asked, and changing nothing.</summary>
    private static readonly string[] Reckoned = ["/api/v1/protocols/check", "/api/v1/protocols/preview"];

    /// <summary>Null for what is everybody's: the page itself, which shows the login, and whether the process lives.</summary>
    public static AccessRole? RoleFor(HttpRequest request)
    {
        PathString path = request.Path;
        if (Open.Any(open => path.Equals(open, StringComparison.OrdinalIgnoreCase))
            || !Guarded.Any(start => path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        if (!IsUnsafe(request.Method) || Reckoned.Any(reckoned => path.Equals(reckoned, StringComparison.OrdinalIgnoreCase)))
        {
            return AccessRole.Viewer;
        }

        return path.StartsWithSegments("/api/v1/node", StringComparison.OrdinalIgnoreCase) || IsArchive(path) ? AccessRole.Admin : AccessRole.Operator;
    }

    /// <summary>Data leave the store or come back.</summary>
    private static bool IsArchive(PathString path) =>
        path.StartsWithSegments("/api/v1/jobs", StringComparison.OrdinalIgnoreCase)
        && path.Value!.TrimEnd('/').Split('/')[^1].ToUpperInvariant() is "ARCHIVE" or "RESTORE";

    public static bool IsUnsafe(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);
}
