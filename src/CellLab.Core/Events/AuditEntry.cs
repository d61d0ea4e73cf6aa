namespace CellLab.Core.Events;

/// <summary>One command that somebody gave.</summary>
public sealed record AuditEntry(long Number, DateTimeOffset WallUtc, string Who, string Command, string Target, string? Reason, string Result);
