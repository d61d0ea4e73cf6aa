namespace CellLab.Service.Rest;

/// <summary>What to do about answers that the framework gives by itself.</summary>
internal static class ProblemHints
{
    public static string? For(int? status) => status switch
    {
        StatusCodes.Status400BadRequest => "See /openapi/v1.json for the members of the request.",
        StatusCodes.Status404NotFound => "See /openapi/v1.json for the resources there are.",
        StatusCodes.Status405MethodNotAllowed => "See /openapi/v1.json for what this resource takes.",
        StatusCodes.Status413PayloadTooLarge => $"A request body may have {RestLimits.MaxBodyBytes} bytes.",
        StatusCodes.Status415UnsupportedMediaType => "Send JSON with Content-Type: application/json.",
        _ => null,
    };

    /// <summary>Every problem has the members <c>field</c> and <c>hint</c>, whoever wrote it.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions.TryAdd("field", null);
        context.ProblemDetails.Extensions.TryAdd("hint", For(context.ProblemDetails.Status));
    }
}
