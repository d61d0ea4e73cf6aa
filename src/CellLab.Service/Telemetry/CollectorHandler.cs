using System.Globalization;

namespace CellLab.Service.Telemetry;

/// <summary>Shows the collector its headers, and tells the log when it stops taking what it is sent and when it takes it again: once each.</summary>
/// <param name="what">Is sent by it: a collector may take one kind and not the other.</param>
internal sealed class CollectorHandler(TelemetrySettings settings, string what, HttpMessageHandler inner, ILogger logger) : DelegatingHandler(inner)
{
    private static readonly string Silence = string.Create(CultureInfo.InvariantCulture, $"no answer within {CollectorLink.Patience.TotalSeconds} s");

    private readonly Lock gate = new();
    private bool away;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            AddHeaders(request);
            return Answered(base.Send(request, cancellationToken));
        }
        catch (Exception failure)
        {
            Note(failure is OperationCanceledException ? Silence : failure.Message);
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            AddHeaders(request);
            return Answered(await base.SendAsync(request, cancellationToken));
        }
        catch (Exception failure)
        {
            Note(failure is OperationCanceledException ? Silence : failure.Message);
            throw;
        }
    }

    private void AddHeaders(HttpRequestMessage request)
    {
        try
        {
            foreach ((string name, string value) in CollectorHeaders.Read(settings))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new HttpRequestException($"its headers cannot be read: {error.Message}", error);
        }
    }

    private HttpResponseMessage Answered(HttpResponseMessage answer)
    {
        Note(answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"it answers {(int)answer.StatusCode} {answer.ReasonPhrase}"));
        return answer;
    }

    private void Note(string? problem)
    {
        lock (gate)
        {
            if (away == problem is not null)
            {
                return;
            }

            away = problem is not null;
        }

        if (problem is null)
        {
            Log.CollectorBack(logger, settings.Endpoint.Authority, what);
        }
        else
        {
            Log.CollectorAway(logger, settings.Endpoint.Authority, what, problem);
        }
    }
}
