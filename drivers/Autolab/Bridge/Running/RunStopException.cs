namespace CellLab.AutolabBridge.Running;

/// <summary>Why a run ends before its steps do.</summary>
/// <param name="reason"><c>limit</c>, <c>aborted</c> or <c>error</c>.</param>
/// <param name="code">Code of the error object; null for an abort.</param>
internal sealed class RunStopException(string reason, string? code, string text) : Exception(text)
{
    public string Reason { get; } = reason;

    public string? Code { get; } = code;
}
