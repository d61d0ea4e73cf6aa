using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Core.Time;

namespace CellLab.Service.Access;

/// <summary>Writes what the Engine does not see into the audit: logins, refusals, changes to the node itself. Each is done when it is written, so a journal that takes nothing
/// (a full disk) undoes none of it and keeps nobody out who comes to make room; the log has the entry then.</summary>
internal sealed class AuditTrail(IJournal journal, Clocks clocks, ILogger<AuditTrail> logger)
{
    public async Task WriteAsync(string who, string command, string target, string? reason, string result, CancellationToken cancellationToken)
    {
        try
        {
            await journal.CommitAsync(
                new JournalWrite { Audit = [new AuditEntry(0, clocks.Wall.GetUtcNow(), who, command, target, reason, result)] }, cancellationToken);
        }
        catch (StorageException full)
        {
            Log.AuditNotWritten(logger, who, command, target, result, full.Message);
        }
    }
}
