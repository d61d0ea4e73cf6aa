using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>A protocol, or every reason why the text is not one. <paramref name="Protocol"/> is null exactly when there are errors.</summary>
public sealed record ProtocolReading(Protocol? Protocol, IReadOnlyList<Finding> Errors, IReadOnlyList<Finding> Warnings)
{
    /// <summary>What could be read of a text with errors, so that the rest is checked all the same: entries that could not be read stand as
    /// <see cref="UnreadStep"/>. Null where nothing could be read.</summary>
    internal Protocol? Readable { get; init; }

    /// <summary>A text with errors and what of it could be read.</summary>
    internal static ProtocolReading Of(Protocol? protocol, IReadOnlyList<Finding> errors, IReadOnlyList<Finding> warnings) => errors.Count == 0
        ? new ProtocolReading(protocol, errors, warnings)
        : new ProtocolReading(null, errors, warnings) { Readable = protocol is null ? null : UnreadStep.InPlaceOfErrors(protocol, errors) };
}
