using System.Text.Json.Nodes;

namespace CellLab.Drivers.Catalog;

/// <summary>Makes readable what was recorded from one family of instruments: <c>celllab device decode KIND FILE</c>.</summary>
public interface IWireDecoder
{
    /// <summary>The word on the command line.</summary>
    string Kind { get; }

    /// <summary>Never throws on damaged bytes: what is not understood is told in <see cref="DecodedBytes.Faults"/>.</summary>
    /// <param name="received">What came from the instrument, or a file that it wrote.</param>
    DecodedBytes Decode(ReadOnlySpan<byte> received);
}

/// <summary>What recorded bytes say.</summary>
/// <param name="Document">As docs/reference/command-line.md describes it for this kind.</param>
/// <param name="Lines">The same for a person.</param>
/// <param name="Faults">One sentence each, with its place.</param>
public sealed record DecodedBytes(JsonObject Document, IReadOnlyList<string> Lines, IReadOnlyList<string> Faults);
