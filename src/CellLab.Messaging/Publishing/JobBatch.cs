using CellLab.Core.Records;

namespace CellLab.Messaging.Publishing;

/// <summary>Rows of one job and stream that wait to be sent together.</summary>
internal sealed class JobBatch(long opened)
{
    private readonly List<RecordRow> _rows = [];
    private readonly List<PublishWindow> _windows = [];

    public long Opened => opened;

    public IReadOnlyList<RecordRow> Rows => _rows;

    /// <summary>Taken out: sent, or given up to be sent again.</summary>
    public bool IsTaken { get; set; }

    public void Add(RecordRow row, PublishWindow window)
    {
        _rows.Add(row);
        if (_windows.Count == 0 || _windows[^1] != window)
        {
            _windows.Add(window);
            window.Hold();
        }
    }

    public void Release(Task acknowledgement) => _windows.ForEach(window => window.Release(acknowledgement));
}
