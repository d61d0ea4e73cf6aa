using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CellLab.Service.Access;
using CellLab.Tests.Service.Rest;

namespace CellLab.Tests.Service.Access;

/// <summary>Users of tests, with hashes that cost nothing, and how tests act for them.</summary>
internal static class Known
{
    public const string Password = "correct horse battery";

    private static readonly string s_hash = SecretHash.Of(Password, 1);

    public static void AddUser(this AccessFile file, string name, AccessRole role, params string[] pipelines) => file.Change(known => known with
    {
        Users = [.. known.Users, new UserEntry(name, role, pipelines.Length > 0 ? pipelines : null, s_hash, false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)],
    }, null);

    public static string AddToken(this AccessFile file, string user, DateTimeOffset? expires = null)
    {
        (string id, string text) = AccessToken.Make();
        var entry = new TokenEntry(id, user, null, SecretHash.Of(text, 1), DateTimeOffset.UnixEpoch, expires ?? DateTimeOffset.MaxValue, null);
        file.Change(known => known with { Tokens = [.. known.Tokens, entry] }, null);
        return text;
    }

    public static async Task<HttpStatusCode> AsAsync(this RestBench bench, string? token, HttpMethod method, string path, object? body = null, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using HttpResponseMessage answer = await bench.Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Logs in and returns the cookie, as a browser would send it, and the page's secret.</summary>
    public static async Task<(string Cookie, string Csrf)> LogInAsync(this RestBench bench, string user)
    {
        using HttpResponseMessage answer = await bench.Http.PostAsJsonAsync("/api/v1/session", new { user, password = Password });
        JsonElement session = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, session.GetRawText());
        return (answer.Headers.GetValues("Set-Cookie").Single(), session.GetProperty("csrf").GetString()!);
    }
}
