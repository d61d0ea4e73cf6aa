using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Service.Http;

namespace CellLab.Cli.Client;

/// <summary>The service's REST interface as verbs use it. Refusals and an absent service become <see cref="CliException"/>s.</summary>
internal sealed class ServiceClient : IDisposable
{
    public const string DefaultAddress = "http://127.0.0.1:8070";

    private readonly HttpClient http;

    /// <param name="address">Where the service listens; null: as CELLLAB_URL says, else the default.</param>
    public ServiceClient(CliEnvironment environment, Uri? address = null)
    {
        Address = address ?? AddressFrom(environment.Variable("CELLLAB_URL"));
        http = environment.Http is null ? new HttpClient(new ClosedPeerHandler(DirectHandler.Create(environment))) : new HttpClient(environment.Http, disposeHandler: false);
        http.BaseAddress = Address;
        http.Timeout = Timeout.InfiniteTimeSpan; // a confirmed stop takes as long as the instrument does
        http.DefaultRequestHeaders.Add("X-CellLab-User", UserName(environment));
        if (AccessToken.Of(environment) is { } token)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Uri Address { get; }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, ApiUri(path)), cancellationToken);

    /// <summary>Sends a command once. Repeating it with the same <paramref name="idempotencyKey"/> gives the first answer again.</summary>
    public Task<JsonElement> PostAsync(string path, JsonNode? body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, ApiUri(path))
        {
            Content = new StringContent(body?.ToJsonString() ?? "{}", Encoding.UTF8, "application/json"),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return SendAsync(request, cancellationToken);
    }

    /// <summary>Opens a body that is read as it comes: exports and the event stream. The caller disposes the response.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiUri(path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
        HttpResponseMessage response = await ReachAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                throw await RefusalAsync(response, cancellationToken);
            }
        }

        return response;
    }

    /// <summary>Whether the service answers and says that it is ready; false while it is not there.</summary>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => AskHealthAsync("ready", answer => answer.IsSuccessStatusCode, cancellationToken);

    /// <summary>Whether a service runs there, in whatever health; it says so to everybody.</summary>
    public Task<bool> IsLiveAsync(CancellationToken cancellationToken) => AskHealthAsync("live", answer => answer.IsSuccessStatusCode, cancellationToken);

    /// <summary>Whether anything answers there, ready or not.</summary>
    public Task<bool> IsThereAsync(CancellationToken cancellationToken) => AskHealthAsync("ready", _ => true, cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<bool> AskHealthAsync(string what, Func<HttpResponseMessage, bool> judge, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri($"health/{what}", UriKind.Relative), cancellationToken);
            return judge(answer);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Uri AddressFrom(string? configured)
    {
        string text = string.IsNullOrWhiteSpace(configured) ? DefaultAddress : configured.Trim();
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? new Uri(address.GetLeftPart(UriPartial.Authority) + "/")
            : throw CliException.Usage($"CELLLAB_URL is '{text}'; expected an address like {DefaultAddress}");
    }

    /// <summary>Header values are ASCII; other letters of a name are written as percent codes.</summary>
    private static string UserName(CliEnvironment environment) =>
        Uri.EscapeDataString(environment.Variable("CELLLAB_USER") ?? Environment.UserName);

    private static Uri ApiUri(string path) => new("api/v1/" + path, UriKind.Relative);

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using HttpResponseMessage response = await ReachAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusalAsync(response, cancellationToken);
            }

            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return response.StatusCode == HttpStatusCode.NoContent || body is { CanSeek: true, Length: 0 }
                ? default
                : (await JsonDocument.ParseAsync(body, default, cancellationToken)).RootElement;
        }
    }

    private async Task<HttpResponseMessage> ReachAsync(
        HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new CliException(ExitCodes.NotReachable, NotReachableText(failure));
        }
    }

    private string NotReachableText(HttpRequestException failure) =>
        $"the service does not answer at {Address.GetLeftPart(UriPartial.Authority)} ({failure.GetBaseException().Message})\n" +
        "start it with 'celllab serve', or set CELLLAB_URL to where it listens";

    private static async Task<CliException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        CliException.Failed(ProblemText.From((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken)));
}
