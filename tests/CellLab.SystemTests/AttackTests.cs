using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>Attacks on a running service, as listed in docs/reference/attacks.md.</summary>
public sealed class AttackTests(GuardedNode node) : IClassFixture<GuardedNode>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Without_or_with_a_worthless_token_nothing_is_told()
    {
        string[] paths = ["/api/v1/jobs", "/api/v1/events", "/api/v1/audit", "/metrics", "/openapi/v1.json", "/health/ready", "/API/v1/jobs", "/api/v1/jobs/"];
        foreach (string? token in (string?[])[null, "", "guess", node.Tokens["expired"], node.Tokens["viewer"] + "x"])
        {
            foreach (string path in paths)
            {
                (int status, string text) = await node.AskAsync(token, HttpMethod.Get, path);
                Assert.True(status is 401 or 404, $"{path} with '{token}': {status} {text}");
                Assert.DoesNotContain("\"jobs\"", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_path_written_otherwise_is_guarded_as_well()
    {
        foreach (string path in (string[])["//api/v1/jobs", "/./api/v1/jobs", "/page/../api/v1/jobs", "/%61pi/v1/jobs", "/api%2fv1/jobs", "http://127.0.0.1/api/v1/jobs"])
        {
            string answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 (400|401|404) ", answer);
        }
    }

    [Fact]
    public async Task A_viewer_finds_no_way_to_act()
    {
        (string, object)[] commands =
        [
            ("/api/v1/jobs", new { pipeline = "x" }), ("/api/v1/jobs/x/stop", new { reason = "x" }), ("/api/v1/jobs/x/pause", new { }), ("/api/v1/jobs/x/resume", new { }),
            ("/api/v1/jobs/x/note", new { text = "x" }), ("/api/v1/samples", new { name = "x" }), ("/api/v1/alarms/x/ack", new { }), ("/api/v1/devices/x/probe", new { }),
        ];
        foreach ((string path, object body) in commands)
        {
            Assert.Equal(403, (await node.AskAsync(node.Tokens["viewer"], HttpMethod.Post, path, body)).Status);
            Assert.InRange((await node.AskAsync(node.Tokens["viewer"], HttpMethod.Put, path, body)).Status, 400, 499);
        }

        Assert.Equal(404, (await node.AskAsync(node.Tokens["operator"], HttpMethod.Post, "/api/v1/jobs/x/pause", new { })).Status);
        (_, string audit) = await node.AskAsync(node.Tokens["viewer"], HttpMethod.Get, "/api/v1/audit");
        Assert.Contains("POST /api/v1/jobs/x/stop", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_use_the_cookie()
    {
        using HttpResponseMessage login = await node.Http.PostAsJsonAsync("/api/v1/session", new { user = "operator", password = GuardedNode.Password });
        string setCookie = login.Headers.GetValues("Set-Cookie").Single();
        string cookie = setCookie.Split(';')[0];
        string csrf = (await login.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("csrf").GetString()!;

        Assert.Contains("samesite=strict", setCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(403, (await CommandAsync(("Cookie", cookie), ("Origin", "https://evil.example"), ("X-CellLab-CSRF", csrf))).Status);
        Assert.Equal(403, (await CommandAsync(("Cookie", cookie))).Status);
        Assert.Equal(421, (await CommandAsync(("Cookie", cookie), ("Host", "evil.example"), ("X-CellLab-CSRF", csrf))).Status);
        Assert.Equal(401, (await CommandAsync(("Cookie", cookie + "x"), ("X-CellLab-CSRF", csrf))).Status);
        Assert.Equal(404, (await CommandAsync(("Cookie", cookie), ("X-CellLab-CSRF", csrf))).Status);
    }

    [Fact]
    public async Task No_path_leads_out()
    {
        string[] paths =
        [
            "/page/../../../../etc/passwd", "/page/..%2f..%2f..%2fetc%2fpasswd", "/page/%2e%2e/%2e%2e/celllab.json", "/../celllab.json", "/page//etc/passwd",
            "/api/v1/jobs/..%2f..%2faccess%2fusers.json", "/api/v1/jobs/..%2faccess/exports/bdf-csv", "/page/..\\..\\celllab.json",
        ];
        foreach (string path in paths)
        {
            string answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {node.Tokens["admin"]}\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
            Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("\"hash\"", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_of_100_MB_is_not_read()
    {
        string answer = await RawAsync(
            $"POST /api/v1/samples HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {node.Tokens["admin"]}\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\nConnection: close\r\n\r\n",
            body: 100_000_000);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_connections_that_say_almost_nothing_keep_nobody_else_out()
    {
        var slow = new List<Socket>();
        try
        {
            for (int index = 0; index < 1000; index++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                slow.Add(socket);
                await socket.ConnectAsync("127.0.0.1", node.HttpPort);
                await socket.SendAsync("GET /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "u8.ToArray());
            }

            Assert.Equal(200, (await node.AskAsync(node.Tokens["viewer"], HttpMethod.Get, "/api/v1/jobs")).Status);
            Assert.All(await Task.WhenAll(slow.Select(AnswerAsync)), answer => Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer));
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task No_header_and_no_line_of_the_log_is_the_callers()
    {
        string split = await RawAsync(
            "GET /api/v1/jobs%0d%0aSet-Cookie:%20owned=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nX-CellLab-User: a%0d%0aowned\r\nConnection: close\r\n\r\n");
        (int status, _) = await node.AskAsync(
            node.Tokens["viewer"], HttpMethod.Post, "/api/v1/jobs/x%0aERR%20owned/stop", new { reason = "x" });

        Assert.DoesNotContain("owned=1", split.Split("\r\n\r\n")[0], StringComparison.Ordinal);
        Assert.Equal(403, status);
        Assert.DoesNotContain(node.Logs.Split('\n'), line => line.StartsWith("ERR owned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_MQTT_a_viewer_reads_his_site_and_publishes_nothing()
    {
        string viewer = node.Tokens["viewer"];
        (int published, string said) = await node.MosquittoAsync("mosquitto_pub", viewer, "-q", "1", "-t", "celllab/v1/attacked/node/node1/status", "-m", "forged", "-r");
        (_, string seen) = await node.MosquittoAsync("mosquitto_sub", viewer, "-t", "#", "-t", "$SYS/broker/version", "-v", "-W", "3");
        (int guessed, _) = await node.MosquittoAsync("mosquitto_sub", viewer + "x", "-t", "#", "-W", "3");
        (int expired, _) = await node.MosquittoAsync("mosquitto_sub", node.Tokens["expired"], "-t", "#", "-W", "3");

        Assert.True(published != 0 || said.Contains("Not authorized", StringComparison.OrdinalIgnoreCase), said);
        string[] topics = [.. seen.Split('\n').Select(line => line.Split(' ')[0]).Where(topic => topic.Contains('/'))];
        Assert.Contains("celllab/v1/attacked/node/node1/status", topics);
        Assert.DoesNotContain("forged", seen, StringComparison.Ordinal);
        Assert.All(topics, topic => Assert.True(topic.StartsWith("celllab/v1/attacked/", StringComparison.Ordinal) || topic.StartsWith("$SYS/", StringComparison.Ordinal), topic));
        Assert.NotEqual(0, guessed);
        Assert.NotEqual(0, expired);
    }

    [Fact]
    public async Task No_secret_stands_in_the_log_and_the_files_are_the_owners_alone()
    {
        await node.Http.PostAsJsonAsync("/api/v1/session", new { user = "admin", password = "a wrong password" });
        string users = await File.ReadAllTextAsync(Path.Combine(node.DataFolder, "access", "users.json"));

        Assert.All([.. node.Tokens.Values, GuardedNode.Password, "a wrong password"], secret =>
        {
            Assert.DoesNotContain(secret, node.Logs, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, users, StringComparison.Ordinal);
        });
        Assert.All(
            Directory.GetFiles(Path.Combine(node.DataFolder, "access")),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_user_who_is_disabled_is_out_with_the_next_request()
    {
        string token = node.Tokens["leaver"];
        Assert.Equal(200, (await node.AskAsync(token, HttpMethod.Get, "/api/v1/jobs")).Status);

        Assert.Equal(0, (await node.CliAsync(null, "user", "disable", "leaver")).ExitCode);

        Assert.Equal(401, (await node.AskAsync(token, HttpMethod.Get, "/api/v1/jobs")).Status);
    }

    private Task<(int Status, string Text)> CommandAsync(params (string, string)[] headers) =>
        node.AskAsync(null, HttpMethod.Post, "/api/v1/jobs/x/pause", null, headers);

    /// <summary>Sends bytes as they are and returns what comes back until the service closes.</summary>
    private async Task<string> RawAsync(string request, long body = 0)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", node.HttpPort);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        Task<string> answer = AnswerAsync(client.Client);
        byte[] block = new byte[64 * 1024];
        try
        {
            for (long sent = 0; sent < body && !answer.IsCompleted; sent += block.Length)
            {
                await stream.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // it has had enough
        }

        return await answer;
    }

    private static async Task<string> AnswerAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(s_limit, TimeProvider.System);
        byte[] buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        try
        {
            while (await socket.ReceiveAsync(buffer, limit.Token) is > 0 and int count)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // reset: it has closed
        }

        return text.ToString().ToString(CultureInfo.InvariantCulture);
    }
}
