using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;

namespace CellLab.Tests.Transport.Modbus;

/// <summary>Frames of makers' manuals and open drivers: EA PSB (KE220), Riden RD6006P and Maynuo M97 (libsigrok), Waveshare relay modules.</summary>
public sealed class GoldenFrameTests
{
    public static TheoryData<string, string> Requests => new()
    {
        { "01 05 01 92 FF 00 2C 2B", Hex(ModbusRequests.WriteCoil(402, 0xFF00)) },
        { "01 05 01 95 FF 00 9D EA", Hex(ModbusRequests.WriteCoil(405, 0xFF00)) },
        { "01 06 01 F4 10 62 45 ED", Hex(ModbusRequests.WriteRegister(500, 4194)) },
        { "01 06 01 F5 05 1F DA 9C", Hex(ModbusRequests.WriteRegister(501, 1311)) },
        { "01 06 01 F3 05 1F 3A 9D", Hex(ModbusRequests.WriteRegister(499, 1311)) },
        { "01 03 01 F9 00 05 54 04", Hex(ModbusRequests.Read(ModbusFunction.ReadHoldingRegisters, 505, 5)) },
        { "01 03 00 08 00 0B 85 CF", Hex(ModbusRequests.Read(ModbusFunction.ReadHoldingRegisters, 8, 11)) },
        { "01 06 00 08 12 C0 04 F8", Hex(ModbusRequests.WriteRegister(8, 4800)) },
        { "01 06 00 09 05 DC 5B 01", Hex(ModbusRequests.WriteRegister(9, 1500)) },
        { "01 06 00 12 00 01 E8 0F", Hex(ModbusRequests.WriteRegister(18, 1)) },
        { "01 05 05 00 FF 00 8C F6", Hex(ModbusRequests.WriteCoil(0x0500, 0xFF00)) },
        { "01 10 0A 01 00 02 04 3D 4C CC CD 14 2D", Hex(ModbusRequests.WriteRegisters(0x0A01, [0x3D4C, 0xCCCD])) },
        { "01 10 0A 00 00 01 02 00 01 CD 90", Hex(ModbusRequests.WriteRegisters(0x0A00, [1])) },
        { "01 10 0A 00 00 01 02 00 2A 8D 8F", Hex(ModbusRequests.WriteRegisters(0x0A00, [42])) },
        { "01 03 0B 00 00 04 46 2D", Hex(ModbusRequests.Read(ModbusFunction.ReadHoldingRegisters, 0x0B00, 4)) },
        { "01 05 00 00 FF 00 8C 3A", Hex(ModbusRequests.WriteCoil(0, 0xFF00)) },
        { "01 05 00 00 00 00 CD CA", Hex(ModbusRequests.WriteCoil(0, 0)) },
        { "01 05 00 00 55 00 F2 9A", Hex(ModbusRequests.WriteCoil(0, 0x5500)) },
        { "01 05 02 00 00 07 8D B0", Hex(ModbusRequests.WriteCoil(0x0200, 7)) },
        { "01 05 02 01 00 08 9C 74", Hex(ModbusRequests.WriteCoil(0x0201, 8)) },
        { "01 05 00 FF 00 00 FD FA", Hex(ModbusRequests.WriteCoil(0x00FF, 0)) },
        { "01 01 00 00 00 08 3D CC", Hex(ModbusRequests.Read(ModbusFunction.ReadCoils, 0, 8)) },
        { "01 02 00 00 00 08 79 CC", Hex(ModbusRequests.Read(ModbusFunction.ReadDiscreteInputs, 0, 8)) },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_has_the_published_bytes(string frame, string pdu)
    {
        byte[] expected = Bytes(frame);

        Assert.Equal(expected, RtuFrame.Encode(1, Bytes(pdu)));
        Assert.True(ModbusCrc.Fits(expected));
        Assert.Equal(expected.Length, RtuFrame.RequestLength(expected));
    }

    [Fact]
    public void Over_tcp_the_same_request_stands_behind_a_head() => Assert.Equal(
        Bytes("00 01 00 00 00 06 01 03 01 F9 00 05"),
        TcpFrame.Encode(1, 1, ModbusRequests.Read(ModbusFunction.ReadHoldingRegisters, 505, 5)));

    [Theory]
    [InlineData("01 03 0A 00 00 0C 83 0C A1 05 1F 00 F2 9B B1", 505, 5, "0 3203 3233 1311 242")]
    [InlineData("01 03 08 40 6C CC CD 3D 4C CC CD 59 13", 0x0B00, 4, "16492 52429 15692 52429")]
    public void A_published_reply_is_read(string text, int address, int count, string registers)
    {
        byte[] frame = Bytes(text);
        byte[] request = ModbusRequests.Read(ModbusFunction.ReadHoldingRegisters, (ushort)address, count);

        Assert.Equal(frame.Length, RtuFrame.ReplyLength(frame));
        Assert.True(ModbusCrc.Fits(frame));
        Assert.Null(ModbusReplies.Problem(request, frame.AsSpan()[1..^2]));
        Assert.Equal(registers, string.Join(' ', ModbusData.Registers(frame.AsSpan()[3..^2])));
    }

    [Fact]
    public void A_published_refusal_is_read_with_its_meaning()
    {
        byte[] frame = Bytes("01 83 02 C0 F1");
        byte[] request = ModbusRequests.Read(ModbusFunction.ReadHoldingRegisters, 1, 1);

        Assert.True(ModbusCrc.Fits(frame));
        Assert.Null(ModbusReplies.Problem(request, frame.AsSpan(1, 2)));
        var refused = Assert.Throws<ModbusRefusedException>(() => ModbusReplies.ThrowIfRefused(frame.AsSpan(1, 2), "unit 1"));
        Assert.Equal(ModbusExceptionCode.IllegalAddress, refused.Code);
    }

    /// <summary>Examples of the MODBUS Application Protocol Specification V1.1b3, 6.11, 6.12 and 6.17.</summary>
    [Theory]
    [InlineData("0F 00 13 00 0A 02 CD 01", "0F 00 13 00 0A")]
    [InlineData("10 00 01 00 02 04 00 0A 01 02", "10 00 01 00 02")]
    [InlineData("17 00 03 00 06 00 0E 00 03 06 00 FF 00 FF 00 FF", "17 0C 00 00 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("03 00 6B 00 7E", "83 03")]
    [InlineData("2B 0E 01 00", "AB 01")]
    public void A_unit_answers_as_the_specification_shows(string request, string answer) =>
        Assert.Equal(Bytes(answer), ModbusAnswers.Answer(new MemoryUnit(), Bytes(request)));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
