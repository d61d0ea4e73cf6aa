using System.Text.Json;

namespace CellLab.Cli.Client;

/// <summary>Makes one readable message of a problem-details body (RFC 9457, with the members <c>field</c> and <c>hint</c>).</summary>
internal static class ProblemText
{
    private const int MostFurther = 19;

    public static string From(int status, string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return Compose(status, document.RootElement);
        }
        catch (JsonException)
        {
            return $"the service answered with HTTP status {status}";
        }
    }

    private static string Compose(int status, JsonElement problem)
    {
        string text = problem.TextOf("detail") ?? problem.TextOf("title") ?? $"the service answered with HTTP status {status}";
        string? field = problem.TextOf("field");
        string? hint = problem.TextOf("hint");
        string first = field is null || text.Contains(field, StringComparison.Ordinal) ? text : $"{field}: {text}";
        return string.Join('\n', [first, .. Further(problem), .. hint is null || first.Contains(hint, StringComparison.Ordinal) ? Array.Empty<string>() : [hint]]);
    }

    /// <summary>The other findings of a refused protocol, one a line with its place.</summary>
    private static IEnumerable<string> Further(JsonElement problem)
    {
        if (!problem.TryGetProperty("errors", out JsonElement errors) || errors.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (JsonElement error in errors.EnumerateArray().Skip(1).Take(MostFurther))
        {
            if (error.ValueKind == JsonValueKind.Object && error.TextOf("message") is { } message)
            {
                yield return $"{error.TextOf("file")}:{Number(error, "line")}:{Number(error, "column")}: {message}";
            }
        }
    }

    private static string Number(JsonElement error, string name) => error.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : "0";
}
