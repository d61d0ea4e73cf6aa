namespace CellLab.Service.Watching;

/// <summary>Looks after one thing, again and again; raises and clears its own alarms.</summary>
internal interface INodeWatch
{
    Task LookAsync(CancellationToken cancellationToken);
}
