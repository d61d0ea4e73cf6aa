using System.Globalization;
using System.Text.Json;

namespace CellLab.Service.Rest;

/// <summary>A request body that is not JSON, or not of the members that are expected: named by member where there is one, and by line and column.</summary>
internal static class BodyProblem
{
    public static RestProblemException Of(int status, JsonException wrong)
    {
        string? field = wrong.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : null;
        string what = field is null ? "The request body is not JSON as expected" : "The request body is not as expected";
        return new RestProblemException(status, $"{what}{Place(wrong)}: {Reason(wrong)}", field, ProblemHints.For(status));
    }

    /// <summary>The runtime counts from 0, and columns in bytes.</summary>
    private static string Place(JsonException wrong) => wrong.LineNumber is { } line
        ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, column {(wrong.BytePositionInLine ?? 0) + 1}")
        : "";

    /// <summary>The runtime's message without the place, which stands before it.</summary>
    private static string Reason(JsonException wrong) => wrong.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0];
}
