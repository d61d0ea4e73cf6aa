using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Tail;

/// <summary>One kind of numbered rows: the tables they lie in and how they stand there.</summary>
internal abstract class RowLayout<TRow>
{
    /// <summary>Table of new rows in <c>journal.db</c>, and the name of the cursor up to which rows have left it.</summary>
    public abstract string Tail { get; }

    /// <summary>Table of the streams in <c>journal.db</c>.</summary>
    public abstract string Streams { get; }

    /// <summary>Table of moved rows in the job's file.</summary>
    public abstract string Table { get; }

    /// <summary>Columns after stream and sequence number, in both tables.</summary>
    public abstract string Columns { get; }

    /// <summary>A question mark for each of <see cref="Columns"/>.</summary>
    public abstract string Marks { get; }

    /// <summary>Brings up to date what is computed of the rows of a stream (1) from a sequence number (2) to another (3), in the job's file; null
    /// where nothing is.</summary>
    public virtual string? Summarise => null;

    public abstract StreamName NameOf(TRow row);

    public abstract long SequenceOf(TRow row);

    public abstract void Bind(Statement statement, int first, TRow row);

    /// <exception cref="Core.Storage.StorageException">What is stored is no row of this kind.</exception>
    public abstract TRow Read(Statement row, int first, StreamName name, long sequence);
}
