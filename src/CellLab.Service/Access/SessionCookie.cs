namespace CellLab.Service.Access;

/// <summary>The one cookie. Scripts cannot read it and pages of other sites cannot have it sent. Browsers keep cookies by host without the port, so that two nodes on one machine
/// need two names.</summary>
internal sealed class SessionCookie(Uri address)
{
    public string Name { get; } = FormattableString.Invariant($"celllab-{address.Port}");

    public string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 } cookie ? cookie : null;

    public void Write(HttpContext context, string cookie, TimeSpan lifetime)
    {
        CookieOptions options = Options(context.Request);
        options.MaxAge = lifetime;
        context.Response.Cookies.Append(Name, cookie, options);
    }

    public void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context.Request));

    /// <summary>A proxy with TLS before a service on loopback shows in the page's origin.</summary>
    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        Secure = request.IsHttps || request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase),
    };
}
