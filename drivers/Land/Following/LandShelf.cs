using CellLab.Core.Devices;

namespace CellLab.Drivers.Land.Following;

/// <summary>The data files of all channels, put together to tests. Beginnings of files are read once.</summary>
internal sealed class LandShelf(LandFolder folder, LandWatch watch, Action<LandFile, string> unreadable)
{
    private readonly Dictionary<string, LandHead> _heads = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>The tests of each channel that has any, oldest first.</summary>
    /// <exception cref="DeviceFaultException">Unreachable: the folder is away.</exception>
    public IReadOnlyDictionary<string, IReadOnlyList<LandTest>> Look()
    {
        IReadOnlyList<LandFile> files = folder.Scan();
        watch.Observe(files);
        return files.GroupBy(file => file.Channel).ToDictionary(group => group.Key, group => (IReadOnlyList<LandTest>)Tests(group), StringComparer.Ordinal);
    }

    private List<LandTest> Tests(IEnumerable<LandFile> files)
    {
        var tests = new List<LandTest>();
        foreach (LandTestFile file in files.Select(WithHead))
        {
            if (tests.Count > 0 && tests[^1].IsContinuedBy(file))
            {
                tests[^1] = tests[^1] with { Files = [.. tests[^1].Files, file] };
            }
            else
            {
                tests.Add(new LandTest(file.File.Name, [file]));
            }
        }

        return tests;
    }

    private LandTestFile WithHead(LandFile file)
    {
        if (_heads.TryGetValue(file.Name, out LandHead? known) && file.Length > 0)
        {
            return new LandTestFile(file, known, null);
        }

        try
        {
            LandHead head = LandHead.Read(file);
            if (head.Start is not null)
            {
                _heads[file.Name] = head;
            }

            _told.Remove(file.Name);
            return new LandTestFile(file, head, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (_told.Add(file.Name))
            {
                unreadable(file, failure.Message);
            }

            return new LandTestFile(file, known, failure.Message);
        }
    }
}
