using CellLab.Core.Protocols;
using CellLab.Drivers.Neware.StepFile;

namespace CellLab.Service.Offline;

/// <summary>Protocols in every format that can be read, the vendors' among them.</summary>
public static class ProtocolSource
{
    /// <param name="settings">Values for the parameters of CellLab's own form; other forms have none.</param>
    public static ProtocolReading Read(string fileName, string text, IReadOnlyDictionary<string, string>? settings = null) =>
        NewareStepFileReader.Recognises(text) && settings is not { Count: > 0 }
            ? NewareStepFileReader.Read(fileName, text)
            : ProtocolReader.Read(fileName, text, settings);

    /// <summary>Bytes of a file to text: UTF-8, or else what vendors write.</summary>
    public static string Decode(byte[] bytes) => StepFileText.Decode(bytes);
}
