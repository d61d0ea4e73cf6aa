using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CellLab.Tests.Service.Rest;

/// <summary>How tests ask and read answers.</summary>
internal static class RestCalls
{
    public static Task<JsonElement> GetAsync(this RestBench bench, string path) => bench.Http.GetFromJsonAsync<JsonElement>("/api/v1/" + path);

    public static async Task<JsonElement> PostAsync(
        this RestBench bench, string path, object body, HttpStatusCode expected = HttpStatusCode.OK, string? key = null, string? user = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (user is not null)
        {
            request.Headers.Add("X-CellLab-User", user);
        }

        using HttpResponseMessage answer = await bench.Http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{path}: expected {expected}, found {answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public static async Task<JsonElement> RefusedAsync(this RestBench bench, string path, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await bench.Http.GetAsync("/api/v1/" + path);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static string? Text(this JsonElement element, string member) => element.GetProperty(member).GetString();

    public static IEnumerable<string> Members(this JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
