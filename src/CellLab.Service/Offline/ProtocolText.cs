using CellLab.Core.Protocols;

namespace CellLab.Service.Offline;

/// <summary>A protocol as it came from a person: a text in any format that can be read. <paramref name="Settings"/> are values for its parameters;
/// <paramref name="AcceptLosses"/> takes a vendor's file although parts of its test cannot be carried over.</summary>
public sealed record ProtocolText(string FileName, string Text, IReadOnlyDictionary<string, string>? Settings = null, bool AcceptLosses = false)
{
    public ProtocolReading Read() => ProtocolSource.Read(FileName, Text, Settings, AcceptLosses);
}
