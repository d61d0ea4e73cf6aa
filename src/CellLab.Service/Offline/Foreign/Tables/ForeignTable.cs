namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>A file that holds one table. <see cref="Rows"/> can be read more than once, each time from the file's beginning.</summary>
internal abstract class ForeignTable
{
    private const uint Known = 1u << 31;

    private uint _has;

    /// <summary>Short name of the layout, for example <c>neware-csv</c>.</summary>
    public abstract string Format { get; }

    public virtual CounterScope Scope => CounterScope.Step;

    /// <summary>What the columns hold.</summary>
    public abstract IReadOnlySet<Quantity> Columns { get; }

    /// <summary>The rows in the file's order; what is wrong with one goes to the log, and the row is passed over or its value is missing.</summary>
    public abstract IEnumerable<ForeignRow> Rows(FindingLog log);

    /// <summary>The header a quantity came from, for messages.</summary>
    public virtual string NameOf(Quantity quantity) => quantity.ToString();

    /// <summary>Asked several times a row, so a bit each.</summary>
    public bool Has(Quantity quantity)
    {
        if (_has == 0)
        {
            _has = Columns.Aggregate(Known, (all, column) => all | (1u << (int)column));
        }

        return (_has & (1u << (int)quantity)) != 0;
    }
}
