namespace CellLab.HardwareSim.Land;

/// <summary>The folder that the monitor program writes to.</summary>
internal sealed class LandFiles
{
    private const string LockedAway = ".locked";
    private readonly string _folder;

    public LandFiles(string folder)
    {
        _folder = folder;
        System.IO.Directory.CreateDirectory(folder);
    }

    /// <summary>As clients know it.</summary>
    public string Folder => _folder;

    private string Away => _folder + ".away";

    public CcsFileWriter Create(string channel, string testName, int recordBytes)
    {
        string present = System.IO.Directory.Exists(Away) ? Away : _folder;
        string safe = string.Concat(testName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
        string path = Path.Combine(present, $"{channel}_{safe}.ccs");
        for (int number = 2; File.Exists(path); number++)
        {
            path = Path.Combine(present, $"{channel}_{safe}-{number}.ccs");
        }

        return new CcsFileWriter(path, testName, recordBytes);
    }

    /// <summary>The share is away, or back; the monitor program goes on writing to its own disk.</summary>
    public void TakeAway(bool on)
    {
        if (on && !System.IO.Directory.Exists(Away))
        {
            System.IO.Directory.Move(_folder, Away);
        }
        else if (!on && System.IO.Directory.Exists(Away))
        {
            System.IO.Directory.Move(Away, _folder);
        }
    }

    /// <summary>A name that leads nowhere stands for a file that somebody holds: it is listed, and opening it fails, for root as well.</summary>
    public static void Lock(string path, bool on)
    {
        string aside = path + LockedAway;
        if (on && !File.Exists(aside))
        {
            File.Move(path, aside);
            File.CreateSymbolicLink(path, path + ".nowhere");
        }
        else if (!on && File.Exists(aside))
        {
            File.Move(aside, path, overwrite: true);
        }
    }
}
