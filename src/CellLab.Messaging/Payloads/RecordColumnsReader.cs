using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

/// <summary>Turns one page of columns back into rows.</summary>
internal sealed class RecordColumnsReader(JsonElement page)
{
    private readonly ColumnPage _page = new(page);

    public IReadOnlyList<RecordRow> Read()
    {
        var job = new JobId(_page.Text(RecordColumns.Job));
        string stream = _page.Text(RecordColumns.Stream);
        long[] sequences = _page.Sequences();
        InstrumentRecord[] records = Records();
        double[] testTimes = _page.Doubles(RecordColumns.TestTime);
        int[] segments = Integers(RecordColumns.Segment);
        int[] cycles = Integers(RecordColumns.CycleCount);
        string[] blocks = _page.Column(RecordColumns.Block, static value => value.GetString() ?? throw new FormatException("found null"));
        int[] passes = Integers(RecordColumns.Pass);
        var rows = new RecordRow[_page.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new RecordRow(job, stream, sequences[i], segments[i], testTimes[i], cycles[i], blocks[i], passes[i], records[i]);
        }

        return rows;
    }

    private InstrumentRecord[] Records()
    {
        long[] numbers = _page.Column(RecordColumns.InstrumentSequence, static value => value.GetInt64());
        int[] stepCounts = Integers(RecordColumns.StepCount);
        int[] stepIds = Integers(RecordColumns.StepId);
        StepKind[] kinds = _page.Column(RecordColumns.Kind, static value => StepKindText.Parse(value.GetString() ?? "null"));
        double[] stepTimes = _page.Doubles(RecordColumns.StepTime);
        double[] segmentTimes = _page.Doubles(RecordColumns.SegmentTime);
        bool[] provisional = _page.Column(RecordColumns.Provisional, static value => value.GetBoolean());
        DateTimeOffset[] taken = _page.Column(RecordColumns.TakenAt, UnixSeconds.Read);
        DateTimeOffset[] received = _page.Column(RecordColumns.ReceivedAt, UnixSeconds.Read);
        double[] voltages = _page.Doubles(RecordColumns.Voltage);
        double[] currents = _page.Doubles(RecordColumns.Current);
        double?[] capacities = _page.Column(RecordColumns.StepCapacity, ColumnPage.NumberOrNull);
        double?[] energies = _page.Column(RecordColumns.StepEnergy, ColumnPage.NumberOrNull);
        int?[] instrumentCycles = _page.Column<int?>(
            RecordColumns.InstrumentCycle, static value => value.ValueKind == JsonValueKind.Null ? null : value.GetInt32());
        var records = new InstrumentRecord[_page.Count];
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = new InstrumentRecord(
                numbers[i], stepCounts[i], stepIds[i], kinds[i], stepTimes[i], segmentTimes[i], provisional[i], taken[i], received[i],
                voltages[i], currents[i], capacities[i], energies[i], instrumentCycles[i]);
        }

        return records;
    }

    private int[] Integers(JsonEncodedText name) => _page.Column(name, static value => value.GetInt32());
}
