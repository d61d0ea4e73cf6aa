namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>Where the counters of a table begin anew.</summary>
internal enum CounterScope
{
    Step,
    Cycle,
    Test,
}
