using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>Which headers (by their <see cref="HeaderName.Key"/>, the first that is there wins) hold a quantity, and what it is measured in.
/// A key that ends with <c>|</c> asks for a header without unit, one that ends with <c>|u</c> for one with a unit.</summary>
/// <param name="Scale">Further factor: -1 where the file's sign is the opposite of ours.</param>
internal sealed record ColumnRule(Quantity Quantity, Dimension Dimension, double Scale, params string[] Keys)
{
    public ColumnRule(Quantity quantity, Dimension dimension, params string[] keys)
        : this(quantity, dimension, 1, keys)
    {
    }
}

/// <summary>One column that is read.</summary>
internal readonly record struct ColumnSpec(int Field, Quantity Quantity, Dimension Dimension, double Factor, string Header);
