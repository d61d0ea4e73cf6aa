using System.Buffers;
using System.Globalization;
using System.Text;

namespace CellLab.Storage.Export;

/// <summary>Writes one line of comma-separated values after another: UTF-8 without mark, LF, decimal point, empty field for a missing value.</summary>
internal sealed class CsvLine(Stream stream) : IAsyncDisposable
{
    private const int FlushAtCharacters = 32 * 1024;
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), FlushAtCharacters, leaveOpen: true);
    private readonly StringBuilder _text = new();
    private bool _inLine;

    public CsvLine Text(string? value)
    {
        Separate();
        if (value is null || value.AsSpan().IndexOfAny(NeedsQuotes) < 0)
        {
            _text.Append(value);
        }
        else
        {
            _text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return this;
    }

    /// <summary>A line of its own that is no list of values.</summary>
    public CsvLine Raw(string line)
    {
        _text.Append(line);
        return this;
    }

    public CsvLine Integer(long? value)
    {
        Separate();
        _text.Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    /// <summary>Nine significant digits.</summary>
    public CsvLine Value(double? value)
    {
        Separate();
        _text.Append(CultureInfo.InvariantCulture, $"{value:G9}");
        return this;
    }

    /// <summary>As many digits as bring the same number back.</summary>
    public CsvLine Exact(double? value)
    {
        Separate();
        _text.Append(CultureInfo.InvariantCulture, $"{value:R}");
        return this;
    }

    /// <summary>Six decimals.</summary>
    public CsvLine Seconds(double value)
    {
        Separate();
        _text.Append(CultureInfo.InvariantCulture, $"{value:F6}");
        return this;
    }

    /// <summary>UNIX time with six decimals, from whole ticks: a double of today has no more than that.</summary>
    public CsvLine UnixSeconds(DateTimeOffset instant)
    {
        Separate();
        long microseconds = (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        _text.Append(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000}.{microseconds % 1_000_000:D6}");
        return this;
    }

    /// <summary>Ends the line; now and then what is ready goes out.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _text.Append('\n');
        _inLine = false;
        if (_text.Length >= FlushAtCharacters)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _writer.WriteAsync(_text, cancellationToken);
        _text.Clear();
        await _writer.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private void Separate()
    {
        if (_inLine)
        {
            _text.Append(',');
        }

        _inLine = true;
    }
}
