namespace CellLab.Drivers.Catalog.Runs;

/// <summary>A run of an instrument that keeps nothing, as far as it matters for the cell.</summary>
internal interface ICellRun
{
    /// <summary>Done when it has ended, however.</summary>
    Task Ended { get; }

    /// <summary>The instrument itself has said that the cell is off after it.</summary>
    bool EndedCellOff { get; }

    /// <summary>The connection went, or nothing came any more.</summary>
    bool IsLost { get; }

    /// <summary>Why it ended other than normally, in words.</summary>
    string EndedBy { get; }

    /// <summary>False when the cell could not be confirmed as off.</summary>
    bool CellIsOff { get; }

    /// <summary>What has become of the cell; more than once when it was not known at first.</summary>
    void Settle(bool cellIsOff, string? note);
}
