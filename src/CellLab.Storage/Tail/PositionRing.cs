namespace CellLab.Storage.Tail;

/// <summary>Rising numbers, added at the end and dropped at the front.</summary>
internal sealed class PositionRing
{
    private long[] _items = new long[16];
    private int _head;

    public int Count { get; private set; }

    public long this[int index] => _items[(_head + index) & (_items.Length - 1)];

    public void Add(long position)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        _items[(_head + Count) & (_items.Length - 1)] = position;
        Count++;
    }

    /// <summary>How many of them are at most <paramref name="position"/>.</summary>
    public int CountUpTo(long position)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (this[middle] <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public void DropUpTo(long position)
    {
        int dropped = CountUpTo(position);
        _head = (_head + dropped) & (_items.Length - 1);
        Count -= dropped;
    }

    private void Grow()
    {
        var larger = new long[_items.Length * 2];
        for (int index = 0; index < Count; index++)
        {
            larger[index] = this[index];
        }

        _items = larger;
        _head = 0;
    }
}
