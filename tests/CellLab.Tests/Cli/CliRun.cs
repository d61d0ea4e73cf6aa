using System.Net;
using CellLab.Cli;

namespace CellLab.Tests.Cli;

/// <summary>Runs one verb in this process against a service that answers from a table, and keeps what was sent and said.</summary>
internal sealed class CliRun : HttpMessageHandler
{
    private readonly Dictionary<string, (HttpStatusCode Status, byte[] Body)> answers = [];

    public StringWriter Out { get; } = new();

    public StringWriter Error { get; } = new();

    /// <summary>Method, path and query, body of each request in order.</summary>
    public List<(string Request, string Body, HttpRequestMessage Message)> Sent { get; } = [];

    public bool ServiceIsAway { get; init; }

    public string? ServiceUrl { get; init; }

    public string Reason => Error.ToString().Split('\n')[0];

    public CliRun Answering(string request, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Answering(request, System.Text.Encoding.UTF8.GetBytes(body), status);

    public CliRun Answering(string request, byte[] body, HttpStatusCode status = HttpStatusCode.OK)
    {
        answers[request] = (status, body);
        return this;
    }

    public Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        arguments,
        new CliEnvironment
        {
            Out = Out,
            Error = Error,
            Variable = name => name == "CELLLAB_URL" ? ServiceUrl : null,
            Wall = TimeProvider.System,
            Http = this,
        },
        CancellationToken.None);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (ServiceIsAway)
        {
            throw new HttpRequestException("Connection refused");
        }

        string key = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Sent.Add((key, body, request));
        (HttpStatusCode status, byte[] answer) = answers.TryGetValue(key, out var known) ? known : (HttpStatusCode.NotFound, "{}"u8.ToArray());
        return new HttpResponseMessage(status) { Content = new ByteArrayContent(answer) };
    }
}
