using System.Collections;

namespace CellLab.Engine.Setup;

/// <summary>A list whose whole content is exchanged at once: who holds it sees the new content with his next look, who goes through it stays with the one
/// he began with.</summary>
public sealed class LiveList<T>(IEnumerable<T> items) : IReadOnlyList<T>
{
    private volatile T[] _items = [.. items];

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public void Replace(IEnumerable<T> items) => _items = [.. items];

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
