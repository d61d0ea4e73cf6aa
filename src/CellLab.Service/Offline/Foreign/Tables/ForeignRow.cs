using System.Runtime.CompilerServices;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>One data row of the neutral table. Readers hand out the same object again and again: take what you need before the next row.</summary>
internal sealed class ForeignRow
{
    private readonly double[] _values = new double[(int)Quantity.Count];

    public ForeignRow() => Clear(-1);

    /// <summary>Data row from 0.</summary>
    public long Index { get; set; }

    /// <summary>What the step does, as the instrument says it; null without.</summary>
    public string? StepType { get; set; }

    /// <summary>The file itself says that a step begins here.</summary>
    public bool BeginsStep { get; set; }

    /// <summary>The value, or null where the row has none.</summary>
    public double? this[Quantity quantity]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] // asked a dozen times a row
        get
        {
            double value = _values[(int)quantity];
            return double.IsNaN(value) ? null : value;
        }
    }

    /// <summary>The value, or NaN where the row has none.</summary>
    public double Number(Quantity quantity) => _values[(int)quantity];

    public void Set(Quantity quantity, double value) => _values[(int)quantity] = value;

    public void Clear(long index)
    {
        Array.Fill(_values, double.NaN);
        Index = index;
        StepType = null;
        BeginsStep = false;
    }
}
