using System.Globalization;

namespace CellLab.SystemTests.Harness;

/// <summary>Finds processes that ours have started, by the kernel's process table.</summary>
internal static class ProcessTable
{
    /// <summary>The process of that name below the given one; null when there is none.</summary>
    public static int? Descendant(int ancestor, string name) => Descendants(ancestor, name).Select(process => (int?)process).FirstOrDefault();

    public static IReadOnlyList<int> Descendants(int ancestor, string name)
    {
        Dictionary<int, (string Name, int Parent)> all = Read();
        return [.. all.Where(entry => entry.Value.Name == name && IsBelow(all, entry.Key, ancestor)).Select(entry => entry.Key).Order()];
    }

    public static bool Exists(int process) => Directory.Exists($"/proc/{process.ToString(CultureInfo.InvariantCulture)}");

    private static bool IsBelow(Dictionary<int, (string Name, int Parent)> all, int process, int ancestor)
    {
        while (all.TryGetValue(process, out (string Name, int Parent) entry) && entry.Parent > 0)
        {
            if (entry.Parent == ancestor)
            {
                return true;
            }

            process = entry.Parent;
        }

        return false;
    }

    /// <summary>Lines of <c>stat</c>: process, (name), state, parent.</summary>
    private static Dictionary<int, (string Name, int Parent)> Read()
    {
        var all = new Dictionary<int, (string Name, int Parent)>();
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process) && TryReadStat(folder) is { } stat)
            {
                int close = stat.LastIndexOf(')');
                string name = stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..close];
                all[process] = (name, int.Parse(stat[(close + 2)..].Split(' ')[1], CultureInfo.InvariantCulture));
            }
        }

        return all;
    }

    private static string? TryReadStat(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "stat"));
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }
}
