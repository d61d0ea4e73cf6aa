using CellLab.Core.Records;
using CellLab.Core.Triggers;

namespace CellLab.Engine.Triggers;

/// <summary>What a job's triggers are told, in order.</summary>
internal abstract record TriggerInput;

internal sealed record RowsIn(IReadOnlyList<RecordRow> Rows) : TriggerInput;

internal sealed record CompanionsIn(IReadOnlyList<CompanionRow> Rows) : TriggerInput;

/// <summary>A person wants a pattern now. The answer is the trigger as it stands after its pulse, or as it was missed.</summary>
internal sealed record ManualIn(string Who, TaskCompletionSource<TriggerIntent> Answer) : TriggerInput;

/// <param name="AsPlanned">The program ran to its end.</param>
internal sealed record JobEndedIn(bool AsPlanned) : TriggerInput;
