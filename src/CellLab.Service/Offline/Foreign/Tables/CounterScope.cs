namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>Where the counters of a table begin anew.</summary>
internal enum CounterScope
{
    Step,
    Cycle,

    /// <summary>Where the program said so: at a step's beginning or not at all.</summary>
    Schedule,
    Test,
}
