using CellLab.Core.Protocols;
using CellLab.Drivers.Neware.StepFile;

namespace CellLab.Service.Offline;

/// <summary>Protocols in every format that can be read, the vendors' among them.</summary>
public static class ProtocolSource
{
    public static ProtocolReading Read(string fileName, string text) =>
        NewareStepFileReader.Recognises(text) ? NewareStepFileReader.Read(fileName, text) : ProtocolReader.Read(fileName, text);

    /// <summary>Bytes of a file to text: UTF-8, or else what vendors write.</summary>
    public static string Decode(byte[] bytes) => StepFileText.Decode(bytes);
}
