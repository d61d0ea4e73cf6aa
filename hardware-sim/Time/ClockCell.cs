using System.IO.MemoryMappedFiles;

namespace CellLab.HardwareSim.Time;

/// <summary><c>clock.cell</c>: the line in a memory-mapped file behind a sequence lock, so that a reader asks at every reading of the clock
/// for the cost of a few loads. Layout in docs/reference/clock.md.</summary>
internal sealed class ClockCell : IDisposable
{
    public const int Length = 64;
    private const int SequenceAt = 8;
    private static ReadOnlySpan<byte> Magic => "CLABCLK1"u8;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public ClockCell(string path)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        _file = MemoryMappedFile.CreateFromFile(stream, null, Length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.ReadWrite);
    }

    public void Write(ClockLine line)
    {
        uint sequence = _view.ReadUInt32(SequenceAt) & ~1u;
        _view.Write(SequenceAt, sequence + 1);
        Interlocked.MemoryBarrier();
        _view.Write(SequenceAt + 4, line.Hold ? 1u : 0u);
        _view.Write(16, line.WallEpoch.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks);
        _view.Write(24, line.LabEpoch.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks);
        _view.Write(32, line.Speed);
        _view.Write(40, line.LabUntil is { } until ? until.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks : 0);
        for (int i = 0; i < Magic.Length; i++)
        {
            _view.Write(i, Magic[i]);
        }

        Interlocked.MemoryBarrier();
        _view.Write(SequenceAt, sequence + 2);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
