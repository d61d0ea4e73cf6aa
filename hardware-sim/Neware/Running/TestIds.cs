using System.Globalization;

namespace CellLab.HardwareSim.Neware.Running;

/// <summary>Test ids of one system, never given twice: they go on when the bench is started again in its folder, as those of a real
/// system do. A client that follows a test of an earlier bench must not take a new one for it.</summary>
internal sealed class TestIds(string file)
{
    private const int First = 101;
    private readonly Lock _gate = new();
    private int _last = Read(file);

    public int Next()
    {
        lock (_gate)
        {
            _last++;
            File.WriteAllText(file, _last.ToString(CultureInfo.InvariantCulture));
            return _last;
        }
    }

    private static int Read(string file) =>
        File.Exists(file) && int.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out int last) ? last : First - 1;
}
