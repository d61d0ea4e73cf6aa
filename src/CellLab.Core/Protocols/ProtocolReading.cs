using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>A protocol, or every reason why the text is not one. <paramref name="Protocol"/> is null exactly when there are errors.</summary>
public sealed record ProtocolReading(Protocol? Protocol, IReadOnlyList<Finding> Errors, IReadOnlyList<Finding> Warnings);
