using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CellLab.SystemTests.Harness;

/// <summary>The service's REST interface, as any program would use it.</summary>
internal sealed class Api(int port) : IDisposable
{
    private const int PageRows = 10_000;
    private readonly HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/"), Timeout = TimeSpan.FromSeconds(30) };

    public Uri Root => http.BaseAddress!;

    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        string body = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            throw new HttpRequestException(body); // it is still starting: as good as away
        }

        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>The job; null while the service is away.</summary>
    public async Task<JsonElement?> TryJobAsync(string job)
    {
        try
        {
            return await GetAsync($"jobs/{job}");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Every sequence number that the service has stored for the job, in the order in which it gives them.</summary>
    public async Task<List<long>> SequenceNumbersAsync(string job)
    {
        var all = new List<long>();
        while (true)
        {
            long first = all.Count == 0 ? 1 : all[^1] + 1;
            JsonElement page = await GetAsync(string.Create(CultureInfo.InvariantCulture, $"jobs/{job}/records?stream=cycler&first_seq={first}&max={PageRows}"));
            IReadOnlyList<long> numbers = RecordsMessage.SequenceNumbers(page);
            if (numbers.Count == 0)
            {
                return all;
            }

            all.AddRange(numbers);
        }
    }

    public void Dispose() => http.Dispose();
}
