using System.Globalization;

namespace CellLab.Transport.Recording;

/// <summary>What one line of a wire recording tells.</summary>
public enum WireEvent { Opened, Sent, Received, Closed }

/// <summary>One line of a wire recording: <c>time kind bytes</c>. Time is wall time, UTC, with seven decimals; kind is <c>=</c> opened
/// (followed by the address), <c>&gt;</c> sent, <c>&lt;</c> received (both followed by the bytes in hexadecimal) or <c>.</c> closed.
/// Lines that begin with <c>#</c> are remarks. docs/reference/wire-recording.md describes the format.</summary>
public sealed record WireEntry(DateTimeOffset TimeUtc, WireEvent Event, ReadOnlyMemory<byte> Bytes, string Address = "")
{
    public const string Header = "# CellLab wire recording 1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public string ToLine()
    {
        string time = TimeUtc.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        return Event switch
        {
            WireEvent.Opened => $"{time} = {Address}",
            WireEvent.Closed => $"{time} .",
            WireEvent.Sent => $"{time} > {Convert.ToHexStringLower(Bytes.Span)}",
            _ => $"{time} < {Convert.ToHexStringLower(Bytes.Span)}",
        };
    }

    /// <exception cref="FormatException">The line is not one of a recording; the message tells what was expected.</exception>
    public static WireEntry Parse(string line)
    {
        string[] parts = line.Split(' ', 3);
        if (parts.Length < 2
            || !DateTimeOffset.TryParseExact(parts[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            throw new FormatException("expected 'time kind bytes', for example 2026-01-01T00:00:00.0000000Z < 3c2f");
        }

        string rest = parts.Length == 3 ? parts[2] : "";
        return parts[1] switch
        {
            "=" => new WireEntry(time, WireEvent.Opened, default, rest),
            ">" => new WireEntry(time, WireEvent.Sent, Convert.FromHexString(rest)),
            "<" => new WireEntry(time, WireEvent.Received, Convert.FromHexString(rest)),
            "." => new WireEntry(time, WireEvent.Closed, default),
            _ => throw new FormatException($"kind '{parts[1]}' is none of = > < ."),
        };
    }
}
