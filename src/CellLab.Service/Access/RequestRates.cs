using System.Net;
using System.Threading.RateLimiting;
using CellLab.Service.Rest;

namespace CellLab.Service.Access;

/// <summary>How often one remote address may ask, and anybody may try passwords. This machine's own programs ask as often as they like, logins apart: each of them costs
/// the processor a tenth of a second by design.</summary>
internal static class RequestRates
{
    private const int BurstSeconds = 8;
    private const int LoginsAtOnce = 2;
    private const int LoginsWaiting = 8;

    public static void AddRequestRates(this IServiceCollection services, AccessSettings settings) => services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(Requests(settings), Logins(settings), LoginWork());
        options.OnRejected = async (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait))
            {
                rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            await ProblemWriter.WriteAsync(
                rejected.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>(), rejected.HttpContext,
                new RestProblemException(StatusCodes.Status429TooManyRequests, "Too many requests from this address.", null, "Wait as the header Retry-After says."));
        };
    });

    private static PartitionedRateLimiter<HttpContext> Requests(AccessSettings settings) => PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
        context.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote)
            ? RateLimitPartition.GetTokenBucketLimiter(remote, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = settings.RequestsPerSecond * BurstSeconds,
                TokensPerPeriod = settings.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })
            : RateLimitPartition.GetNoLimiter(IPAddress.Loopback));

    private static PartitionedRateLimiter<HttpContext> Logins(AccessSettings settings) => PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
        IsLogin(context.Request)
            ? RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress ?? IPAddress.None,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.LoginsPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter(IPAddress.Any));

    private static PartitionedRateLimiter<HttpContext> LoginWork() => PartitionedRateLimiter.Create<HttpContext, bool>(context =>
        IsLogin(context.Request)
            ? RateLimitPartition.GetConcurrencyLimiter(true, _ => new ConcurrencyLimiterOptions { PermitLimit = LoginsAtOnce, QueueLimit = LoginsWaiting })
            : RateLimitPartition.GetNoLimiter(false));

    private static bool IsLogin(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Equals(AccessPaths.Session, StringComparison.OrdinalIgnoreCase);
}
