using CellLab.Core.Events;
using CellLab.Core.Storage;

namespace CellLab.Service.Rest.Observing;

/// <summary>Who asked for what, and what came of it; in order, page by page with <c>after</c>.</summary>
internal static class AuditEndpoint
{
    public static void MapAudit(this RouteGroupBuilder api) => api.MapGet("/audit", ReadAsync).WithSummary("Every command with name and reason");

    private static async Task<AuditList> ReadAsync(
        IJournal journal, CancellationToken cancellationToken, long after = 0, int max = RestLimits.MaxEvents)
    {
        IReadOnlyList<AuditEntry> entries = await journal.ReadAuditAsync(
            Bounds.NotNegative("after", after), Bounds.Within("max", max, RestLimits.MaxEvents), cancellationToken);
        return new AuditList([.. entries.Select(AuditBody.Of)]);
    }
}

internal sealed record AuditList(IReadOnlyList<AuditBody> Entries);

internal sealed record AuditBody(long Number, DateTimeOffset WallUtc, string Who, string Command, string Target, string? Reason, string Result)
{
    public static AuditBody Of(AuditEntry entry) =>
        new(entry.Number, entry.WallUtc, entry.Who, entry.Command, entry.Target, entry.Reason, entry.Result);
}
