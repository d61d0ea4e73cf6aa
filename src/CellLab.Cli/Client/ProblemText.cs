using System.Text.Json;

namespace CellLab.Cli.Client;

/// <summary>Makes one readable message of a problem-details body (RFC 9457, with the members <c>field</c> and <c>hint</c>).</summary>
internal static class ProblemText
{
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
        return hint is null || first.Contains(hint, StringComparison.Ordinal) ? first : $"{first}\n{hint}";
    }
}
