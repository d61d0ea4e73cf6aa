using CellLab.Core.Protocols;

namespace CellLab.Service.Offline;

/// <summary>A protocol as it came from a person: a text in any format that can be read. <paramref name="Settings"/> are values for its parameters;
/// <paramref name="AcceptLosses"/> leaves parts of a vendor's file out that the channel cannot carry out.</summary>
public sealed record ProtocolText(string FileName, string Text, IReadOnlyDictionary<string, string>? Settings = null, bool AcceptLosses = false)
{
    public ProtocolReading Read() => ProtocolSource.Read(FileName, Text, Settings);
}
