using CellLab.Core.Storage;
using SQLitePCL;

namespace CellLab.Storage.Sqlite;

/// <summary>SQLite refused a call. <paramref name="code"/> is the extended result code.</summary>
internal sealed class SqliteFaultException(int code, string path, string text) : Exception($"{path}: {text} (SQLite code {code})")
{
    private const int PrimaryCodeMask = 0xff;

    public int Code { get; } = code;

    public string Path { get; } = path;

    private string ConstraintHint => Code is raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_UNIQUE
        ? "A row with that key is there already."
        : "A number in it is not finite or a member is missing.";

    /// <summary>The same fault in the words of the store's contract: what happened, where, what to do.</summary>
    public StorageException ToStorageException() => new((Code & PrimaryCodeMask) switch
    {
        raw.SQLITE_FULL => $"{Path}: the disk is full; nothing of this write is stored. Make room on that disk; no restart is needed.",
        raw.SQLITE_IOERR => $"{Path}: the disk does not take or give data ({Message}); nothing of this write is stored. Check the disk.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => $"{Path}: the file is damaged ({Message}). Put back a copy of it, or move it away.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN =>
            $"{Path}: the file cannot be written ({Message}). Check its owner and the rights of the folder.",
        raw.SQLITE_CONSTRAINT =>
            $"{Path}: a row was refused ({Message}); nothing of this write is stored. {ConstraintHint}",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{Path}: another program holds the file. Close it there.",
        _ => $"{Message}; nothing of this write is stored.",
    }, this);
}
