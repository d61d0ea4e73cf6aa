using System.Text.Json;
using CellLab.Drivers.Catalog;
using CellLab.Transport.Recording;

namespace CellLab.Service.Offline;

/// <summary>Decodes what was recorded from an instrument, without a service: raw bytes, or a wire recording of ours.</summary>
public static class WireDecoding
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static IReadOnlyList<string> Kinds { get; } = [.. DecoderCatalog.Decoders.Select(d => d.Kind)];

    /// <exception cref="FormatException">A wire recording is broken; the message names the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static DecodedFile Decode(string kind, string path)
    {
        IWireDecoder decoder = DecoderCatalog.Find(kind)
            ?? throw new ArgumentException($"there is no decoder '{kind}'; known are {string.Join(", ", Kinds)}", nameof(kind));
        DecodedBytes decoded = decoder.Decode(Received(path));
        return new DecodedFile(decoded.Document.ToJsonString(s_indented), decoded.Lines, decoded.Faults);
    }

    private static byte[] Received(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return bytes.AsSpan().StartsWith(System.Text.Encoding.UTF8.GetBytes(WireEntry.Header))
            ? WireRecording.ReceivedBytes(WireRecording.Read(path))
            : bytes;
    }
}

/// <summary>A decoded file: as JSON, and as lines for a person; <paramref name="Faults"/> tell what was not understood, with its place.</summary>
public sealed record DecodedFile(string Json, IReadOnlyList<string> Lines, IReadOnlyList<string> Faults);
