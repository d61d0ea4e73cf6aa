using System.IO.MemoryMappedFiles;
using CellLab.Core.Time;

namespace CellLab.ContractTests.Bench;

/// <summary>The lab clock of a bench as it stands in its state folder (docs/reference/clock.md), holds included.</summary>
internal sealed class BenchCellClock : ILabTimeSource, IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public BenchCellClock(string folder)
    {
        var stream = new FileStream(Path.Combine(folder, "clock.cell"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    public LabTimeSetting Current
    {
        get
        {
            while (true)
            {
                uint before = _view.ReadUInt32(8);
                LabTimeSetting setting = Read();
                Interlocked.MemoryBarrier();
                if (before % 2 == 0 && _view.ReadUInt32(8) == before)
                {
                    return setting;
                }
            }
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private LabTimeSetting Read()
    {
        long until = _view.ReadInt64(40);
        return new LabTimeSetting(At(_view.ReadInt64(16)), At(_view.ReadInt64(24)), _view.ReadDouble(32), _view.ReadUInt32(12) != 0, until == 0 ? null : At(until));
    }

    private static DateTimeOffset At(long ticks) => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(ticks);
}
