namespace CellLab.Core.Documents;

/// <summary>A document, or what keeps it from being one. <paramref name="Root"/> is null when the text could not be read to its end.</summary>
public sealed record DocumentReading(DocumentNode? Root, IReadOnlyList<Finding> Errors);
