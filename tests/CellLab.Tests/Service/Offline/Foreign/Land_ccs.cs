using System.Buffers.Binary;
using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Binary LAND files written block by block from the description.</summary>
public sealed class Land_ccs
{
    [Theory]
    [InlineData(0xF80, 5)]
    [InlineData(0xA80, 5)]
    [InlineData(0x1000, 6)]
    public void Steps_and_counters_are_read_wherever_the_blocks_start(int start, int perBlock)
    {
        AnalyzeResult result = Analyzed.Bytes("x.ccs", File(start, perBlock));
        Assert.Equal(("land-ccs", 74L), (result.File.Format, result.File.Rows));
        Assert.Empty(result.Findings);
        IReadOnlyList<StepEntry> steps = result.Cycling!.Steps;
        Assert.Equal(["rest", "charge", "discharge"], steps.Select(step => step.Kind));
        Assert.Equal([12L, 37, 25], steps.Select(step => step.Rows));
        Assert.Equal(1e-3 * 37 / 60, steps[1].ChargeAh, 1e-9);
        Assert.Equal(1e-3 * 25 / 60, steps[2].DischargeAh, 1e-9);
        Assert.Equal(steps[1].ChargeAh, steps[1].IntegratedAh, 1e-6);
        Assert.Equal(720 + (37 * 60), steps[1].EndS, 1e-6);
        Assert.Equal([1], result.Cycling.Cycles.Select(cycle => cycle.Cycle));
        Assert.Equal([0], result.Cycling.InstrumentCycles.Select(cycle => cycle.Cycle));
    }

    [Fact]
    public void A_block_that_is_cut_short_is_left_out_with_a_finding()
    {
        byte[] file = File(0xF80, 5);
        AnalyzeResult result = Analyzed.Bytes("x.ccs", file[..^40]);
        Assert.Equal(69, result.File.Rows);
        Assert.Contains(result.Findings, finding => finding.Code == "cut_off");
    }

    [Fact]
    public void A_value_that_is_no_number_is_a_finding_with_its_row()
    {
        byte[] file = File(0xF80, 5);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(0xF80 + 128 + 8 + 24 + 4), float.NaN);
        Assert.Contains(Analyzed.Bytes("x.ccs", file).Findings, finding => finding is { Code: "not_a_number", Row: 1 });
    }

    /// <summary>Rest 12 min, charge 37 min and discharge 25 min at 1 mA, a record every minute.</summary>
    internal static byte[] File(int start, int perBlock)
    {
        var bytes = new List<byte>(new byte[start]);
        uint before = 0;
        double test = 0;
        foreach ((uint mode, int records, float amperes) in new[] { (1u, 12, 0f), (0x24u, 37, 1e-3f), (0x44u, 25, -1e-3f) })
        {
            uint offset = (uint)bytes.Count;
            byte[] control = new byte[128];
            BinaryPrimitives.WriteUInt32LittleEndian(control, 2);
            BinaryPrimitives.WriteUInt32LittleEndian(control.AsSpan(4), before);
            BinaryPrimitives.WriteUInt32LittleEndian(control.AsSpan(8), mode);
            BinaryPrimitives.WriteUInt32LittleEndian(control.AsSpan(16), mode);
            BinaryPrimitives.WriteUInt64LittleEndian(control.AsSpan(24), (ulong)(test * 1000));
            bytes.AddRange(control);
            for (int first = 0; first < records; first += perBlock)
            {
                bytes.AddRange(Data(offset, Math.Min(perBlock, records - first), perBlock, amperes));
            }

            before = offset;
            test += records * 60;
        }

        return [.. bytes];
    }

    private static byte[] Data(uint control, int records, int perBlock, float amperes)
    {
        byte[] block = new byte[128];
        BinaryPrimitives.WriteUInt32LittleEndian(block, ((uint)records << 8) | 3);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), control);
        int size = perBlock == 6 ? 20 : 24;
        for (int record = 0; record < records; record++)
        {
            Span<byte> at = block.AsSpan(8 + (record * size));
            BinaryPrimitives.WriteUInt32LittleEndian(at, 60_000);
            BinaryPrimitives.WriteSingleLittleEndian(at[4..], 3.5f);
            BinaryPrimitives.WriteSingleLittleEndian(at[8..], amperes);
            BinaryPrimitives.WriteSingleLittleEndian(at[12..], Math.Abs(amperes) / 60);
            BinaryPrimitives.WriteSingleLittleEndian(at[16..], amperes * 3.5f / 60);
        }

        return block;
    }
}
