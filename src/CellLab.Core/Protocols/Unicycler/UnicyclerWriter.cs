using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CellLab.Core.Programs;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols.Unicycler;

/// <summary>Writes the JSON form of aurora-unicycler. Absent values are left out, so that the file reads back to the same protocol.</summary>
public static class UnicyclerWriter
{
    /// <summary>Version whose members are written.</summary>
    private const string Version = "0.4.6";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file for people: letters beyond ASCII stay readable
    };

    /// <param name="sampleName">Replaces the file's; without either the placeholder is written.</param>
    /// <param name="capacityAmpereHours">Replaces the file's.</param>
    public static string Write(Protocol protocol, string? sampleName = null, double? capacityAmpereHours = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            WriteHead(json, sampleName ?? protocol.SampleName, capacityAmpereHours ?? protocol.CapacityAmpereHours);
            WriteRecord(json, protocol.Record);
            WriteLimits(json, protocol.Limits);
            json.WriteStartArray("method");
            foreach (ProtocolStep step in protocol.Steps)
            {
                StepWriter.Write(json, step);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteHead(Utf8JsonWriter json, string? sampleName, double? capacityAmpereHours)
    {
        json.WriteStartObject("unicycler");
        json.WriteString("version", Version);
        json.WriteEndObject();
        json.WriteStartObject("sample");
        json.WriteString("name", sampleName ?? UnicyclerWords.NamePlaceholder);
        Number(json, "capacity_mAh", capacityAmpereHours / UnicyclerWords.Milli);
        json.WriteEndObject();
    }

    private static void WriteRecord(Utf8JsonWriter json, RecordRule record)
    {
        json.WriteStartObject("record");
        Number(json, "time_s", record.IntervalSeconds);
        Number(json, "voltage_V", record.DeltaVolts);
        Number(json, "current_mA", record.DeltaAmperes / UnicyclerWords.Milli);
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, ProtocolLimits limits)
    {
        json.WriteStartObject("safety");
        Number(json, "max_voltage_V", limits.MaxVolts);
        Number(json, "min_voltage_V", limits.MinVolts);
        Number(json, "max_current_mA", limits.MaxAmperes / UnicyclerWords.Milli);
        Number(json, "min_current_mA", limits.MinAmperes / UnicyclerWords.Milli);
        Number(json, "max_capacity_mAh", limits.MaxAmpereHours / UnicyclerWords.Milli);
        Number(json, "delay_s", limits.DelaySeconds);
        json.WriteEndObject();
    }

    /// <summary>Writes the member unless it is absent, without the noise of the unit conversion.</summary>
    internal static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, QuantityText.Clean(number));
        }
    }
}
