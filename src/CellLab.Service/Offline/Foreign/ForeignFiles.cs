using CellLab.Service.Offline.Foreign.Cyclers;
using CellLab.Service.Offline.Foreign.Impedance;
using CellLab.Service.Offline.Foreign.Masses;
using CellLab.Service.Offline.Foreign.Patterns;
using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign;

/// <summary>Opens any file of a known layout; the content decides, not the name.</summary>
internal static class ForeignFiles
{
    /// <exception cref="ForeignFileException">No known layout; the message says which there are.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ForeignFile Open(string path, FindingLog log)
    {
        if (LandCcsTable.TryOpen(path) is { } ccs)
        {
            return new ForeignFile(null, ccs, null);
        }

        TextSource source = TextSource.Open(path);
        if (PatternFile.TryOpen(source, log) is { } pattern)
        {
            return new ForeignFile(null, null, pattern);
        }

        MassFile? masses = IxdatFile.TryOpen(source, log) ?? PvMassSpecFile.TryOpen(source, log);
        return masses is not null ? new ForeignFile(masses, null, null) : new ForeignFile(
            null,
            ImpedanceFormats.TryOpen(source) ?? CyclerFormats.TryOpen(source) ?? ImpedanceFormats.TryPlain(source) ?? CyclerFormats.TryIncomplete(source) ?? throw Unknown(source),
            null);
    }

    private static ForeignFileException Unknown(TextSource source) => new(
        $"{source.Path}, line 1: '{Short(source.Head.Count > 0 ? source.Head[0] : "")}' and what follows is no layout known here; expected columns of a NEWARE, LAND or BDF "
        + "export, a BioLogic .mpt, Gamry .DTA, ZPlot .z or Autolab spectrum, a table with frequency, real and imaginary part, an ixdat or PV MassSpec file, or a pattern (.xy, .xye, .xrdml)");

    private static string Short(string line) => line.Length > 80 ? line[..80] + "..." : line;
}

/// <summary>Ion currents, a table or a diffraction pattern; one of them.</summary>
internal sealed record ForeignFile(MassFile? Masses, ForeignTable? Table, PatternFile? Pattern);
