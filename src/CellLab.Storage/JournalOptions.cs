using CellLab.Core.Storage;
using CellLab.Storage.Archiving;
using CellLab.Storage.Maintenance;
using CellLab.Storage.Moving;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage;

/// <summary>Sizes of the journal's parts; the defaults are measured (docs/reference/storage.md).</summary>
internal sealed record JournalOptions
{
    /// <summary>Writes that may wait before callers are held up.</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>A job's rows are moved when so many lie in the tail, or when the job has ended.</summary>
    public int MoveRows { get; init; } = 256;

    /// <summary>Rows of a slow job are moved when the tail has grown so far beyond them: they would keep everybody's rows in it.</summary>
    public long MoveLagPositions { get; init; } = 500_000;

    /// <summary>Most rows of one move; keeps the memory of a catch-up flat.</summary>
    public int MostMovedAtOnce { get; init; } = 16_384;

    /// <summary>Rows that leave the tail in one transaction; bounds how long others wait for it.</summary>
    public int TrimRows { get; init; } = 2048;

    /// <summary>The write-ahead log is folded back after so many rows.</summary>
    public int CheckpointRows { get; init; } = 32_768;

    /// <summary>Cursors that hold rows in the tail until they have passed them.</summary>
    public IReadOnlyList<string> KeepFor { get; init; } = [JournalCursors.Publisher];

    /// <summary>The same for the rows of instruments beside the cycler.</summary>
    public IReadOnlyList<string> KeepCompanionsFor { get; init; } = [JournalCursors.CompanionPublisher];

    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Off in tests that call the mover step by step.</summary>
    public bool BackgroundMover { get; init; } = true;

    /// <summary>Tests: told before each step of the mover; may throw there, as a crash would.</summary>
    public Action<MoverStep>? BeforeMoverStep { get; init; }

    /// <summary>Tests: told before each step of archiving and bringing back; may throw there, as a crash would.</summary>
    public Action<ArchiveStep>? BeforeArchiveStep { get; init; }

    /// <summary>Free bytes of the disk of a folder; tests have small disks.</summary>
    public Func<string, long> FreeBytes { get; init; } = FreeSpace.OfDisk;

    /// <summary>Tests: gets the writer's connection once it is open.</summary>
    public Action<Database>? WriterOpened { get; init; }
}
