using CellLab.Service.Rest;

namespace CellLab.Service.Access;

/// <summary><c>session</c>: who the page is, logging in and logging out.</summary>
internal static class SessionEndpoints
{
    private const int LongestPassword = 200;

    public static void MapSession(this RouteGroupBuilder api)
    {
        api.MapGet("/session", (HttpContext context) => SessionBody.Of(context.Features.Get<AccessIdentity>()))
            .WithSummary("Who asks, by cookie or token, and what he may do; role null: nobody yet, log in");
        api.MapPost("/session", LogInAsync).WithSummary("Logs in; the cookie comes with the answer");
        api.MapDelete("/session", LogOutAsync).WithSummary("Logs out");
    }

    private static async Task<SessionBody> LogInAsync(
        LoginRequest request, HttpContext context, AccessBook book, Sessions sessions, SessionCookie cookie, AuditTrail audit, ILogger<AccessBook> logger,
        CancellationToken cancellationToken)
    {
        string name = Bounds.Text("user", request.User, RestLimits.MaxNameLength);
        string password = Bounds.Text("password", request.Password, LongestPassword);
        string address = $"{context.Connection.RemoteIpAddress}";
        if (book.ByPassword(name, password) is not { } user)
        {
            Log.LoginRefused(logger, address);
            string who = book.Now.FindUser(name)?.Name ?? "unknown"; // what was typed there may be a password
            await audit.WriteAsync(who, "login", address, null, "refused", cancellationToken);
            throw new RestProblemException(
                StatusCodes.Status401Unauthorized, "Name or password is wrong, or the user is disabled.", null, "celllab user list shows the users, celllab user password NAME sets a password anew.");
        }

        string opened = sessions.Open(user);
        cookie.Write(context, opened, sessions.Lifetime);
        Log.LoggedIn(logger, user.Name, address);
        await audit.WriteAsync(user.Name, "login", address, null, "done", cancellationToken);
        return SessionBody.Of(AccessIdentity.Of(user) with { Csrf = Secrets.Csrf(opened) });
    }

    private static async Task<IResult> LogOutAsync(
        HttpContext context, Sessions sessions, SessionCookie cookie, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (context.Features.Get<AccessIdentity>() is { Csrf: not null, User: { } user } identity && cookie.Read(context.Request) is { } presented)
        {
            AccessGate.CheckCsrf(context, identity);
            sessions.Close(presented);
            await audit.WriteAsync(user, "logout", $"{context.Connection.RemoteIpAddress}", null, "done", cancellationToken);
        }

        cookie.Remove(context);
        return TypedResults.NoContent();
    }
}

internal sealed record LoginRequest(string? User = null, string? Password = null);

/// <summary><paramref name="Pipelines"/> are those whose cells may be commanded; null for all.</summary>
internal sealed record SessionBody(string? User, string? Role, string? Csrf, IReadOnlyList<string>? Pipelines)
{
    public static SessionBody Of(AccessIdentity? identity) =>
        new(identity?.User, identity?.Role.ToString().ToLowerInvariant(), identity?.Csrf, identity?.Pipelines);
}
