using System.Globalization;
using System.Text.Json;

namespace CellLab.Service.Offline.Report;

/// <summary>What a reader has to know of how a job went: gaps, pauses, losses and alarms, one sentence each, in order of time.</summary>
internal static class JobRemarks
{
    private static readonly string[] s_kinds = ["gap", "limit", "exit"];
    private static readonly string[] s_states = ["Paused", "Recovering", "Stopping", "Failed", "Cancelled"];

    public static IReadOnlyList<string> Of(IEnumerable<JsonElement> events, IEnumerable<JsonElement> alarms)
    {
        JsonElement[] all = [.. events];
        var remarks = new List<(string At, string Text)>(
        [
            .. all.Where(IsRemarkable).Select(item => (item.Text("t_utc") ?? "", item.Text("text") ?? "")),
            .. alarms.Select(alarm => (alarm.Text("raised_utc") ?? "", $"alarm: {alarm.Text("text")}")),
        ]);
        int seams = all.Count(item => item.Text("kind") == "seam");
        IEnumerable<string> sentences = remarks.OrderBy(remark => remark.At, StringComparer.Ordinal).Select(remark => $"{Minute(remark.At)} {remark.Text}");
        return seams == 0 ? [.. sentences] : [.. sentences, $"the job ran in {seams + 1} segments; between them the cell rested at open circuit"];
    }

    /// <summary>A state tells itself in the first word of its event.</summary>
    private static bool IsRemarkable(JsonElement item) =>
        s_kinds.Contains(item.Text("kind")) || (item.Text("kind") == "job-state" && s_states.Any(state => item.Text("text")?.StartsWith(state, StringComparison.Ordinal) == true));

    private static string Minute(string at) => DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out DateTimeOffset moment)
        ? moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC"
        : at;
}
