using System.Text;
using System.Text.Json;
using CellLab.Messaging.Payloads;

namespace CellLab.Tests.Messaging.Payloads;

public sealed class UnixSecondsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.0000001")]
    [InlineData(10_000_000, "1")]
    [InlineData(15_500_000, "1.55")]
    [InlineData(-15_500_000, "-1.55")]
    [InlineData(17_722_368_001_234_567, "1772236800.1234567")]
    public void A_time_is_written_to_the_tick_without_useless_zeros(long ticks, string expected)
    {
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddTicks(ticks);
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            UnixSeconds.Write(writer, time);
        }

        using JsonDocument document = JsonDocument.Parse(buffer.Written);

        Assert.Equal(expected, Encoding.UTF8.GetString(buffer.Written.Span));
        Assert.Equal(time, UnixSeconds.Read(document.RootElement));
    }

    [Theory]
    [InlineData("\"2026-01-01\"")]
    [InlineData("1e40")]
    [InlineData("null")]
    public void What_is_no_time_is_refused(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);

        FormatException error = Assert.Throws<FormatException>(() => UnixSeconds.Read(document.RootElement));

        Assert.Contains(json, error.Message, StringComparison.Ordinal);
    }
}
