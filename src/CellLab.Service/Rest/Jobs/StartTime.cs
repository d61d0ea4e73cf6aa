using System.Globalization;
using System.Text.RegularExpressions;

namespace CellLab.Service.Rest.Jobs;

/// <summary>The member <c>at</c>: an ISO 8601 instant that says its time zone, so that nobody has to guess whose clock is meant.</summary>
internal static partial class StartTime
{
    private const string Example = "Write it like 2026-03-01T08:00Z or 2026-03-01T09:00+01:00.";

    /// <exception cref="RestProblemException">Not such an instant, or it is over by lab time.</exception>
    public static DateTimeOffset? Read(string? text, DateTimeOffset nowUtc)
    {
        if (text is null)
        {
            return null;
        }

        string trimmed = text.Trim();
        if (!Form().IsMatch(trimmed) || !DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at))
        {
            string missing = Form().IsMatch(trimmed + "Z") ? " has no time zone." : " is not a date and time of ISO 8601.";
            throw RestProblemException.Invalid("at", $"at: '{trimmed}'{missing}", Example);
        }

        return at >= nowUtc
            ? at.ToUniversalTime()
            : throw RestProblemException.Invalid(
                "at", string.Create(CultureInfo.InvariantCulture, $"at: '{trimmed}' is over; lab time is {nowUtc.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z now."),
                "Give a later time, or leave it out to start at once.");
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})$")]
    private static partial Regex Form();
}
