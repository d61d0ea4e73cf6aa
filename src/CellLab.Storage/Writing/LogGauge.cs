namespace CellLab.Storage.Writing;

/// <summary>Estimates how much has come into the write-ahead log since it was last folded back, in rows.</summary>
internal sealed class LogGauge(int fullAtRows)
{
    private const int RowsWorthOfACommit = 64; // a commit writes two or three pages however few rows it has
    private long _rows;

    public bool IsFull => Interlocked.Read(ref _rows) >= fullAtRows;

    public void Add(int rows) => Interlocked.Add(ref _rows, rows + RowsWorthOfACommit);

    public void Empty() => Interlocked.Exchange(ref _rows, 0);
}
