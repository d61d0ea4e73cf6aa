namespace CellLab.Service.Access;

/// <summary>What every answer tells a browser: nothing from elsewhere, no frame around us, no guessing of types, no address handed on.</summary>
internal static class SecurityHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string TwoYears = "max-age=63072000";

    /// <summary>When the answer begins: what an error handler clears before is written all the same.</summary>
    public static void Promise(HttpContext context) => context.Response.OnStarting(
        static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        },
        context);

    private static void Write(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = TwoYears;
        }

        if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer";
        }

        if (context.Request.Path.StartsWithSegments("/api"))
        {
            headers.CacheControl = "no-store";
        }
    }
}
