using CellLab.Drivers.Catalog;
using CellLab.Drivers.Land.Ccs;
using CellLab.Drivers.Land.Decoding;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Drivers.Land;

public sealed class CcsTests
{
    /// <summary>Byte for byte as published: type, owner, then dt 1000 ms, 3.7 V, 1.5 mA, dQ, dE, R.</summary>
    [Fact]
    public void A_record_is_read_from_its_bytes()
    {
        byte[] block = new byte[128];
        Convert.FromHexString("03010000800F0000E8030000CDCC6C40A69BC43A").CopyTo(block, 0);

        CcsRecord record = CcsRecord.Read(block, 0, CcsLayout.WithResistance);

        Assert.Equal(1, CcsBlocks.RecordsIn(CcsBlocks.TypeOf(block)));
        Assert.Equal(0xF80u, CcsBlocks.OwnerOf(block));
        Assert.Equal((1.0, 3.7f, 1.5e-3f), (record.Seconds, record.Volts, record.Amperes));
    }

    [Theory]
    [InlineData(20, 0xF80)]
    [InlineData(24, 0xF80)]
    [InlineData(20, 0xA80)]
    [InlineData(24, 0x1000)]
    public void Start_and_layout_are_found_in_a_file(int recordBytes, int start)
    {
        byte[] file = new CcsBytes("x", recordBytes, start).Step(0x24, 1, 0).Records(2, 10, 3.5f, 1e-3f).Step(1, 2, 20).Records(12, 5, 3.4f, 0).Bytes;

        Assert.Equal(start, CcsBlocks.FindStart(file));
        Assert.Equal(recordBytes, (int?)CcsLayouts.Decide(file.AsSpan(start)));
    }

    [Theory]
    [InlineData(20, 1, null)]
    [InlineData(24, 1, null)]
    [InlineData(20, 2, 20)]
    [InlineData(24, 2, 24)]
    public void A_block_of_one_record_does_not_tell_the_layout_and_one_of_two_does(int recordBytes, int records, int? expected)
    {
        byte[] file = new CcsBytes("x", recordBytes).Step(0x24, 1, 0).Records(records, 10, 3.5f, 1e-3f).Bytes;

        Assert.Equal(expected, (int?)CcsLayouts.Decide(file.AsSpan(0xF80)));
    }

    [Fact]
    public void The_header_is_searched_and_places_are_trusted_only_with_the_makers_name()
    {
        byte[] file = new CcsBytes("lmno-1_ab3d5f7h").Bytes;
        CcsHeader known = CcsHeader.Read(file);
        file.AsSpan(0x494, 10).Clear();
        CcsHeader unknown = CcsHeader.Read(file);

        Assert.Equal(("lmno-1_ab3d5f7h", "4.2.0", "M340A-0001"), (known.TestName, known.Software, known.Serial));
        Assert.Equal(("lmno-1_ab3d5f7h", null, null), (unknown.TestName, unknown.Software, unknown.Serial));
    }

    [Fact]
    public void A_file_is_decoded_to_steps_with_their_records()
    {
        byte[] file = new CcsBytes("x").Step(0x24, 1, 0).Records(7, 10, 3.5f, 1e-3f).Step(1, 2, 70).Records(1, 5, 3.4f, 0).Bytes;

        DecodedBytes decoded = new CcsDecoder().Decode(file.AsSpan(0, file.Length));
        DecodedBytes cut = new CcsDecoder().Decode(file.AsSpan(0, file.Length - 60));

        Assert.Empty(decoded.Faults);
        Assert.Equal(8, decoded.Document["records"]!.GetValue<int>());
        Assert.Equal(70, decoded.Document["steps"]![1]!["test_time_s"]!.GetValue<double>());
        Assert.Equal(12.5f, decoded.Document["steps"]![0]!["records"]![6]!["resistance_ohm"]!.GetValue<float>());
        Assert.Contains("ends within a block", Assert.Single(cut.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_ends_in_a_document_or_a_fault_and_never_throws() => Prop.ForAll<int, bool>((seed, cut) =>
    {
        var random = new Random(seed);
        byte[] file = new CcsBytes("x", seed % 2 == 0 ? 20 : 24).Step(0x24, 1, 0).Records(9, 10, 3.5f, 1e-3f).Step(1, 2, 90).Records(3, 5, 3.4f, 0).Bytes;
        for (int i = 0; i < 8; i++)
        {
            file[random.Next(file.Length)] = (byte)random.Next(256);
            file[0xF80 + random.Next(file.Length - 0xF80)] = (byte)random.Next(256);
        }

        return new CcsDecoder().Decode(cut ? file.AsSpan(0, random.Next(file.Length)) : file).Document is not null;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 100_000 : 5_000));
}
