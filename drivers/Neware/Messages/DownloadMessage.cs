using System.Globalization;
using CellLab.Core.Records;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>One stored record in SI units, times as the BTS gives them: <see cref="StepSeconds"/> restarts with every step,
/// <see cref="LocalTime"/> is the PC's clock in whole seconds without a zone.</summary>
internal readonly record struct StoredRecord(
    long Number, int StepId, int CycleId, StepKind Kind, double StepSeconds, DateTime LocalTime,
    double VoltageVolts, double CurrentAmperes, double? AmpereHours, double? WattHours);

/// <summary>A page of records of one test. <see cref="TestId"/> is null when the channel holds no test.</summary>
internal sealed record RecordPage(long? TestId, IReadOnlyList<StoredRecord> Records);

/// <summary>download: <c>download auxid testid startpos count</c>. The reply's command is <c>donwload_resp</c> from 2024 clients,
/// <c>download_resp</c> in the vendor's text and from 2025 ones. It repeats the request with the real test id, then the records.</summary>
internal static class DownloadMessage
{
    public const string Command = "download";
    private const string Replies = "download_resp donwload_resp";

    public static byte[] Write(NewareChannel channel, long testId, long firstNumber, int count) => NewareCodec.Request(
        Command,
        string.Create(
            CultureInfo.InvariantCulture,
            $"<download {channel.Attributes} auxid=\"0\" testid=\"{testId}\" startpos=\"{firstNumber}\" count=\"{count}\"/>"));

    /// <exception cref="NewareFormatException">Also when the page begins at another record than asked, or has a hole.</exception>
    public static RecordPage Read(ReadOnlySpan<byte> frame, NewareChannel asked, long firstNumber, NewareUnits units)
    {
        XmlScanner scanner = ReplyReader.Open(frame, Replies);
        ReplyReader.Expect(ref scanner, "download"u8, 0, 1);
        long testId = ReadHead(scanner.Attributes, asked, firstNumber);
        double scale = NewareUnitScale.Of(units);
        var records = new List<StoredRecord>(NewareProtocol.RoutinePage);
        while (ReplyReader.Next(ref scanner, "data"u8))
        {
            StoredRecord record = StoredRecordReader.Read(scanner.Attributes, scale);
            long expected = firstNumber + records.Count;
            if (record.Number != expected)
            {
                throw new NewareFormatException($"expected record {expected}, found {record.Number}");
            }

            records.Add(record);
        }

        return new RecordPage(testId > 0 ? testId : null, records);
    }

    private static long ReadHead(XmlAttributes attribute, NewareChannel asked, long firstNumber)
    {
        var address = default(ReplyAddress);
        long testId = 0;
        while (attribute.MoveNext())
        {
            if (attribute.Is("testid"u8))
            {
                testId = XmlValue.Integer(attribute.Name, attribute.Value);
            }
            else if (attribute.Is("startpos"u8))
            {
                long found = XmlValue.Integer(attribute.Name, attribute.Value);
                if (found != firstNumber)
                {
                    throw new NewareFormatException($"asked for records from {firstNumber}, the reply begins at {found}");
                }
            }
            else
            {
                address.Take(attribute);
            }
        }

        address.Check(asked);
        return testId;
    }
}
