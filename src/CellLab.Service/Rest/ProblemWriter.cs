using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Service.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CellLab.Service.Rest;

/// <summary>Turns every exception of a request into problem details with <c>field</c> and <c>hint</c>; nothing internal leaves.</summary>
internal sealed class ProblemWriter(IProblemDetailsService problems, ILogger<ProblemWriter> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true; // nobody is there to read an answer
        }

        RestProblemException problem = Translate(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            Log.RequestFailed(logger, exception, httpContext.Request.Method, httpContext.Request.Path.ToUriComponent()); // escaped: no line of the log is the caller's
        }

        await WriteAsync(problems, httpContext, problem).ConfigureAwait(false);
        return true;
    }

    public static async Task WriteAsync(IProblemDetailsService problems, HttpContext context, RestProblemException problem)
    {
        context.Response.StatusCode = problem.Status;
        var details = new ProblemDetails
        {
            Status = problem.Status,
            Detail = problem.Message,
            Instance = context.Request.Path,
        };
        details.Extensions["field"] = problem.Field;
        details.Extensions["hint"] = problem.Hint;
        if (problem.Errors is not null)
        {
            details.Extensions["errors"] = problem.Errors;
        }

        // A client that accepts only another type (an archive, an event stream) gets the reason all the same.
        var answer = new ProblemDetailsContext { HttpContext = context, ProblemDetails = details };
        if (!await problems.TryWriteAsync(answer))
        {
            await context.Response.WriteAsJsonAsync(details, RestJson.Options, "application/problem+json", CancellationToken.None);
        }
    }

    private static RestProblemException Translate(Exception exception) => exception switch
    {
        RestProblemException problem => problem,
        DeskRefusedException refused => new RestProblemException(
            refused.Field is null or "job" ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity, refused.Message, refused.Field),
        DeviceFaultException fault => new RestProblemException(
            fault.Kind is FaultKind.Rejected ? StatusCodes.Status409Conflict : StatusCodes.Status502BadGateway, fault.Message, null, DeviceHint(fault)),
        JobArchivedException archived => new RestProblemException(StatusCodes.Status409Conflict, archived.Message, "job"),
        StartRefusedException wrong => new RestProblemException(StatusCodes.Status422UnprocessableEntity, wrong.Message, wrong.Path),
        StorageException storage => new RestProblemException(StatusCodes.Status503ServiceUnavailable, storage.Message),
        BadHttpRequestException { InnerException: JsonException json } bad => BodyProblem.Of(bad.StatusCode, json),
        BadHttpRequestException bad => new RestProblemException(bad.StatusCode, bad.Message, null, ProblemHints.For(bad.StatusCode)),
        OperationCanceledException => new RestProblemException(StatusCodes.Status503ServiceUnavailable, "The service is stopping."),
        _ => new RestProblemException(
            StatusCodes.Status500InternalServerError, "The service failed at this request.", null, "The service's log names the cause."),
    };

    private static string DeviceHint(DeviceFaultException fault) =>
        $"GET /api/v1/devices/{fault.Device} shows what the device does.";
}
