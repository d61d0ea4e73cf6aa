using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CellLab.SystemTests.Harness;

/// <summary>A service without devices that asks everybody who he is, with a user of each role and a token for each, one of them out of date.</summary>
public sealed class GuardedNode : IAsyncLifetime, IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private Child service = null!;

    public int HttpPort { get; } = Ports.Free();

    public int MqttPort { get; } = Ports.Free();

    public HttpClient Http { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Tokens { get; private set; } = new Dictionary<string, string>();

    public string Configuration => folder["celllab.json"];

    public string DataFolder => folder["data"];

    public string Logs => string.Concat(Directory.GetFiles(Path.Combine(DataFolder, "logs")).Select(ReadShared));

    public async Task InitializeAsync()
    {
        folder.Write("celllab.json", string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "site": "attacked", "http": { "url": "http://127.0.0.1:{{HttpPort}}" }, "access": { "required": true }, "mqtt": { "port": {{MqttPort}} },
              "pipelines": [], "devices": []
            }
            """));
        await ExpectRefusalAsync();
        await MustAsync(Password + "\n", "user", "add", "admin", "--role", "admin");
        string admin = (await MustAsync(null, "token", "add", "admin")).Output.Trim();
        Tokens = new Dictionary<string, string> { ["admin"] = admin };
        await AddOthersAsync();
        service = new Child("service", App.Start(new RunRequest(), "serve", "--config", Configuration, "--role", "acquisition,dashboard"));
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HttpPort}")), Timeout = TimeSpan.FromSeconds(60),
        };
        await Eventually.TrueAsync("the service to listen", StartLimit, () => service.Said.Contains("listening on", StringComparison.Ordinal) || service.HasEnded);
        Assert.False(service.HasEnded, service.ToString());
    }

    public Task DisposeAsync() => ((IAsyncDisposable)this).DisposeAsync().AsTask();

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        Http?.Dispose();
        if (service is not null)
        {
            await service.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>One request as somebody; the answer's status and text.</summary>
    public async Task<(int Status, string Text)> AskAsync(string? token, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage answer = await Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Runs one of mosquitto's clients as the holder of a token, and returns its exit code and what it said.</summary>
    public async Task<(int Code, string Said)> MosquittoAsync(string program, string token, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all = ["-h", "127.0.0.1", "-p", MqttPort.ToString(CultureInfo.InvariantCulture), "-V", "mqttv5", "-u", IdOf(token), "-P", token, .. arguments];
        foreach (string argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + error);
    }

    internal Task<RunResult> CliAsync(string? input, params string[] arguments) => App.RunAsync(new RunRequest { Input = input ?? "" }, [.. arguments, "--config", Configuration]);

    private static string IdOf(string token) => token.Split('_')[1];

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Before there is an admin, nothing is opened.</summary>
    private async Task ExpectRefusalAsync()
    {
        RunResult refused = await App.RunAsync("serve", "--config", Configuration);
        Assert.True(refused.ExitCode == 1 && refused.Reason.Contains("celllab user add", StringComparison.Ordinal), refused.ToString());
        Assert.False(Directory.Exists(DataFolder));
    }

    private async Task<RunResult> MustAsync(string? input, params string[] arguments)
    {
        RunResult result = await CliAsync(input, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    /// <summary>Writes the others as the command line would, without a process for each: users of every role with the admin's password, and a token for each.</summary>
    private async Task AddOthersAsync()
    {
        string file = Path.Combine(DataFolder, "access", "users.json");
        JsonNode known = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        (JsonArray users, JsonArray tokens) = (known["users"]!.AsArray(), known["tokens"]!.AsArray());
        var all = new Dictionary<string, string>(Tokens);
        foreach ((string name, string role) in ((string, string)[])[("viewer", "viewer"), ("operator", "operator"), ("leaver", "operator"), ("expired", "admin")])
        {
            JsonNode user = users[0]!.DeepClone();
            (user["name"], user["role"]) = (name, role);
            users.Add(user);
            JsonNode token = tokens[0]!.DeepClone();
            string id = RandomNumberGenerator.GetString("abcdefgh23456789", 8);
            all[name] = $"celllab_{id}_{RandomNumberGenerator.GetHexString(64, lowercase: true)}";
            (token["id"], token["user"], token["hash"]) = (id, name, Hash(all[name]));
            token["expires_utc"] = name == "expired" ? "2020-01-01T00:00:00+00:00" : (string?)token["expires_utc"];
            tokens.Add(token);
        }

        Tokens = all;
        await File.WriteAllTextAsync(file, known.ToJsonString());
    }

    private static string Hash(string secret)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(12);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, 101, HashAlgorithmName.SHA512, 64);
        return $"$7$101${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }
}
