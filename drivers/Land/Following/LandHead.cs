using CellLab.Drivers.Land.Ccs;

namespace CellLab.Drivers.Land.Following;

/// <summary>What the beginning of a data file says. <paramref name="Start"/> and <paramref name="First"/> are null while no step has been written.</summary>
internal sealed record LandHead(CcsHeader Header, int? Start, CcsControl? First)
{
    /// <exception cref="IOException">The file cannot be opened now.</exception>
    public static LandHead Read(LandFile file)
    {
        byte[] head = file.Read(0, CcsBlocks.HeadBytes);
        return CcsBlocks.FindStart(head) is { } start
            ? new LandHead(CcsHeader.Read(head.AsSpan(0, start)), start, CcsControl.Read(head.AsSpan(start, CcsBlocks.BlockBytes)))
            : new LandHead(CcsHeader.Read(head), null, null);
    }
}
