using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;

namespace CellLab.Service.Telemetry;

/// <summary>One span for each request to <c>/api</c>, under its route and never with its query, as part of the caller's trace where he has one (W3C Trace Context).</summary>
internal static class RequestTracing
{
    public static void UseRequestTracing(this WebApplication app) => app.Use(
        static (context, next) => ServiceTracing.Source.HasListeners() && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? TraceAsync(context, next)
            : next(context));

    private static async Task TraceAsync(HttpContext context, RequestDelegate next)
    {
        Activity.Current = null; // the server's own, which is not sent, must not be the parent
        string? caller = context.Request.Headers.TraceParent;
        ActivityContext.TryParse(caller, context.Request.Headers.TraceState, isRemote: true, out ActivityContext parent);
        using Activity? span = ServiceTracing.Source.StartActivity(context.Request.Method, ActivityKind.Server, parent);
        await next(context);
        if (span is not null)
        {
            Describe(span, context);
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; // lasts as long as the page is open
            return;
        }

        Endpoint? endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        string? route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        int status = context.Response.StatusCode;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (context.Request.RouteValues.TryGetValue("id", out object? id))
        {
            span.SetTag("celllab.id", id);
        }

        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error, status.ToString(CultureInfo.InvariantCulture));
        }
    }
}
