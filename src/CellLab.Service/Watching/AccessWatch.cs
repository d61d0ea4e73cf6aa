using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Service.Access;

namespace CellLab.Service.Watching;

/// <summary>Takes changes of users and tokens into the audit log.</summary>
internal sealed class AccessWatch(AccessNotes notes, IJournal journal) : INodeWatch
{
    public Task LookAsync(CancellationToken cancellationToken) => notes.TakeAsync(taken => journal.CommitAsync(
        new JournalWrite { Audit = [.. taken.Select(note => new AuditEntry(0, note.WallUtc, note.Who, note.Command, note.Target, null, note.Result))] }, cancellationToken));
}
