namespace CellLab.Core.Protocols;

/// <summary>The instruments that a pipeline has, by role: <c>cycler</c>, <c>eis</c>, <c>ms</c>, <c>xrd</c>, each with its channel's name.</summary>
public sealed record PipelineRoles(string Pipeline, IReadOnlyDictionary<string, string> Channels);
