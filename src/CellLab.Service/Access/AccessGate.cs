using CellLab.Core.Storage;
using CellLab.Service.Rest;
using CellLab.Service.Rest.Jobs;

namespace CellLab.Service.Access;

/// <summary>Finds out who asks, and lets him do what his role allows.</summary>
internal sealed class AccessGate(
    AccessSettings settings, AccessBook book, Sessions sessions, SessionCookie cookie, NodeKey key, IJournal journal, AuditTrail audit, ILogger<AccessGate> logger)
{
    public const string CsrfHeader = "X-CellLab-CSRF";

    private const string Scheme = "Bearer ";

    /// <summary>Whether nobody is let in without a name.</summary>
    public bool Required => settings.Required;

    /// <summary>Null for somebody who has not said who he is, or not rightly.</summary>
    public AccessIdentity? Identify(HttpContext context)
    {
        string authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            string token = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : "";
            return key.Knows(token) ? NodeKey.Identity : book.ByToken(token);
        }

        return (cookie.Read(context.Request) is { } presented ? sessions.Find(presented) : null) ?? (Required ? null : AccessIdentity.OfThisMachine);
    }

    /// <exception cref="RestProblemException">Not allowed: 401 without a name, 403 with one.</exception>
    public async Task CheckAsync(HttpContext context)
    {
        AccessIdentity? identity = Identify(context);
        context.Features.Set(identity);
        if (AccessPaths.RoleFor(context.Request) is not { } needed)
        {
            return;
        }

        if (identity is null)
        {
            throw new RestProblemException(
                StatusCodes.Status401Unauthorized, "Who asks is not known here.", null,
                "Log in, or send a token that is still good: celllab token add NAME makes one, CELLLAB_TOKEN_FILE tells the command line where it lies.");
        }

        if (identity.Role < needed)
        {
            throw await ForbiddenAsync(context, identity, $"it needs the role {needed.ToString().ToLowerInvariant()}, yours is {identity.Role.ToString().ToLowerInvariant()}");
        }

        if (AccessPaths.IsUnsafe(context.Request.Method))
        {
            await CheckCommandAsync(context, identity);
        }
    }

    /// <exception cref="RestProblemException">The caller may not command the cells of this pipeline.</exception>
    public async Task RequirePipelineAsync(HttpContext context, string pipeline)
    {
        if (context.Features.Get<AccessIdentity>() is { } identity && !identity.MayCommand(pipeline))
        {
            throw await ForbiddenAsync(context, identity, $"pipeline '{pipeline}' is not among yours ({string.Join(", ", identity.Pipelines!)})");
        }
    }

    /// <summary>A page of another site can make a browser send our cookie, but does not know this header.</summary>
    public static void CheckCsrf(HttpContext context, AccessIdentity identity)
    {
        if (identity.Csrf is { } expected && !Secrets.Same(context.Request.Headers[CsrfHeader].ToString(), expected))
        {
            throw new RestProblemException(
                StatusCodes.Status403Forbidden, $"A command of a logged-in page needs the header {CsrfHeader}.", null,
                $"Send the member csrf of GET {AccessPaths.Session} with it.");
        }
    }

    private async Task CheckCommandAsync(HttpContext context, AccessIdentity identity)
    {
        CheckCsrf(context, identity);
        if (identity.Pipelines is not null && context.Request.Path.StartsWithSegments("/api/v1/jobs", StringComparison.OrdinalIgnoreCase)
            && context.Request.RouteValues.TryGetValue("id", out object? id))
        {
            await RequirePipelineAsync(context, (await JobFinder.FindAsync(journal, $"{id}", context.RequestAborted)).Pipeline);
        }
    }

    private async Task<RestProblemException> ForbiddenAsync(HttpContext context, AccessIdentity identity, string reason)
    {
        string name = identity.User ?? Caller.Unnamed;
        string path = context.Request.Path.ToUriComponent();
        Log.Forbidden(logger, name, context.Request.Method, path, reason);
        await audit.WriteAsync(name, $"{context.Request.Method} {path}", "access", reason, "refused", context.RequestAborted);
        return new RestProblemException(StatusCodes.Status403Forbidden, $"'{name}' may not do that: {reason}.", null, "Ask an admin of this node.");
    }
}
