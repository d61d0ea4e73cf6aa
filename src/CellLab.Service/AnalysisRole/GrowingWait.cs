namespace CellLab.Service.AnalysisRole;

/// <summary>How long to wait before the next try: twice as long each time the same thing goes wrong, up to a minute, so that it does not fill the log of months.</summary>
internal sealed class GrowingWait(TimeSpan first)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);
    private string? _last;

    public TimeSpan Wait { get; private set; }

    public void Failed(string what)
    {
        Wait = what != _last ? first : Wait < s_longest / 2 ? 2 * Wait : s_longest;
        _last = what;
    }
}
