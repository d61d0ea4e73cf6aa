namespace CellLab.Storage.Moving;

/// <summary>Moves the rows of one kind from the tail into the jobs' files.</summary>
internal interface IMover : IDisposable
{
    /// <summary>Copies, notes, trims; returns how many rows were copied.</summary>
    /// <param name="everything">Also rows that are not due yet.</param>
    long RunOnce(bool everything);
}
