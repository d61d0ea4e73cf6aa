using System.IO.MemoryMappedFiles;
using CellLab.Core.Time;

namespace CellLab.Service.Clock;

/// <summary>Reads the memory-mapped <c>clock.cell</c> behind its sequence lock (docs/reference/clock.md).</summary>
internal sealed class ClockCellReader : IDisposable
{
    private const int Length = 64;
    private const int SequenceAt = 8;
    private static ReadOnlySpan<byte> Magic => "CLABCLK1"u8;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <exception cref="ClockFileException">No such file, or not a clock cell.</exception>
    public ClockCellReader(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length < Length)
            {
                stream.Dispose();
                throw new ClockFileException($"{path}: expected {Length} bytes, found fewer; was it written by 'celllab sim'?");
            }

            _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClockFileException($"{path}: cannot be read: {e.Message}; is the simulated bench running?", e);
        }

        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        for (int i = 0; i < Magic.Length; i++)
        {
            if (_view.ReadByte(i) != Magic[i])
            {
                Dispose();
                throw new ClockFileException($"{path}: is not a clock cell (it does not begin with CLABCLK1); was it written by 'celllab sim'?");
            }
        }
    }

    /// <summary>Even between two writes, odd during one.</summary>
    public uint Sequence => _view.ReadUInt32(SequenceAt);

    /// <summary>The line, read between two equal even sequence numbers. Writes are some ten stores, so the loop ends.</summary>
    public LabTimeSetting Read(out uint sequence)
    {
        var spin = default(SpinWait);
        while (true)
        {
            sequence = Sequence;
            Interlocked.MemoryBarrier();
            var setting = new LabTimeSetting(Instant(16), Instant(24), _view.ReadDouble(32), (_view.ReadUInt32(SequenceAt + 4) & 1) != 0, Until());
            Interlocked.MemoryBarrier();
            if ((sequence & 1) == 0 && sequence == Sequence)
            {
                return setting;
            }

            spin.SpinOnce();
        }
    }

    private DateTimeOffset? Until() => _view.ReadInt64(40) == 0 ? null : Instant(40);

    public void Dispose()
    {
        _view?.Dispose();
        _file.Dispose();
    }

    /// <summary>100 ns since 1970; out of range can only be a torn read, which the sequence number rejects.</summary>
    private DateTimeOffset Instant(int at)
    {
        long ticks = _view.ReadInt64(at);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks
            ? DateTimeOffset.UnixEpoch
            : DateTimeOffset.UnixEpoch.AddTicks(ticks);
    }
}
