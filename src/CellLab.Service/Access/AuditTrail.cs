using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Core.Time;

namespace CellLab.Service.Access;

/// <summary>Writes what the Engine does not see into the audit: logins, refusals, changes to the node itself.</summary>
internal sealed class AuditTrail(IJournal journal, Clocks clocks)
{
    public Task WriteAsync(string who, string command, string target, string? reason, string result, CancellationToken cancellationToken) =>
        journal.CommitAsync(
            new JournalWrite { Audit = [new AuditEntry(0, clocks.Wall.GetUtcNow(), who, command, target, reason, result)] }, cancellationToken);
}
