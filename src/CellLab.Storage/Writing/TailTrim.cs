using CellLab.Storage.Tail;

namespace CellLab.Storage.Writing;

/// <summary>Rows up to <paramref name="UpTo"/> leave the tail; how far each stream has been moved becomes durable in the same transaction.</summary>
/// <param name="Tail">The table they leave.</param>
internal sealed record TailTrim(string Tail, long UpTo, IReadOnlyList<MovedStream> Moved);
