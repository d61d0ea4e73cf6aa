using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>The safety limits that a file states; absent ones are null and get their defaults at compilation.</summary>
public sealed record ProtocolLimits
{
    public SourcePosition At { get; init; }
    public double? MaxVolts { get; init; }
    public double? MinVolts { get; init; }
    public double? MaxAmperes { get; init; }
    public double? MinAmperes { get; init; }
    public double? MaxAmpereHours { get; init; }
    public double? DelaySeconds { get; init; }
}
