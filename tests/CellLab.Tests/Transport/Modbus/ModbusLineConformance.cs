using CellLab.Transport;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;

namespace CellLab.Tests.Transport.Modbus;

/// <summary>What a line and the slave at its other end do, whoever frames the requests and the replies.</summary>
public abstract class ModbusLineConformance
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    protected virtual ModbusCodec Master => ModbusCodec.CellLab;

    protected virtual ModbusCodec Slave => ModbusCodec.CellLab;

    /// <summary>NModbus's slave does not: it must know the length of a request from its first seven bytes.</summary>
    protected virtual bool SlaveExchangesRegistersOverRtu => true;

    [Theory]
    [MemberData(nameof(ModbusBench.Framings), MemberType = typeof(ModbusBench))]
    public async Task Every_function_does_what_it_says(ModbusFraming framing)
    {
        await using ModbusBench bench = await OpenAsync(framing);
        ModbusMaster master = bench.Master();

        await master.WriteRegisterAsync(7, 0x1234, s_none);
        await master.WriteRegistersAsync(8, [1, 2, 3], s_none);
        await master.WriteCoilAsync(3, 0x5500, s_none);
        await master.WriteCoilsAsync(10, [true, false, true, true, false, false, false, false, true], s_none);

        Assert.Equal([0x1234, 1, 2, 3], await master.ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, 7, 4, s_none));
        Assert.Equal([1, 2], await master.ReadRegistersAsync(ModbusFunction.ReadInputRegisters, 8, 2, s_none));
        Assert.Equal((3, 0x5500), Assert.Single(bench.Units[0].RawCoils));
        bool[] bits = await master.ReadBitsAsync(ModbusFunction.ReadCoils, 10, 10, s_none);
        Assert.Equal([true, false, true, true, false, false, false, false, true, false], bits);
        if (framing == ModbusFraming.Tcp || SlaveExchangesRegistersOverRtu)
        {
            Assert.Equal([9, 8, 3], await master.ReadWriteRegistersAsync(8, 3, 8, [9, 8], s_none));
        }

        Assert.Equal(125, (await master.ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, 0, 125, s_none)).Length);
        Assert.Equal(2000 / 2, (await master.ReadBitsAsync(ModbusFunction.ReadDiscreteInputs, 0, 1000, s_none)).Length);
    }

    [Theory]
    [MemberData(nameof(ModbusBench.Framings), MemberType = typeof(ModbusBench))]
    public async Task A_refusal_names_unit_function_and_address_and_the_line_goes_on(ModbusFraming framing)
    {
        await using ModbusBench bench = await OpenAsync(framing);

        var refused = await Assert.ThrowsAsync<ModbusRefusedException>(() => bench.Master().WriteRegisterAsync(5000, 1, s_none));
        await bench.Master().WriteRegisterAsync(5, 1, s_none);

        Assert.Equal(ModbusExceptionCode.IllegalAddress, refused.Code);
        Assert.Contains("unit 1 function 6 address 5000", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ModbusBench.Framings), MemberType = typeof(ModbusBench))]
    public async Task A_late_reply_is_never_taken_for_the_next_one(ModbusFraming framing)
    {
        await using ModbusBench bench = await OpenAsync(framing, Impatient());
        bench.Units[0].Registers[1] = 111;
        bench.Units[0].Registers[2] = 222;
        var asked = new TaskCompletionSource();
        bench.Next.Enqueue(async (reply, _) =>
        {
            await asked.Task;
            return new ModbusOutcome(reply);
        });

        var fault = await Assert.ThrowsAsync<TransportException>(
            () => bench.Master().ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, 1, 1, s_none));
        Task<ushort[]> second = bench.Master().ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, 2, 1, s_none);
        asked.SetResult(); // the first reply comes while the second question waits

        Assert.Equal(TransportFault.TimedOut, fault.Fault);
        Assert.Equal([222], await second);
    }

    [Theory]
    [MemberData(nameof(ModbusBench.Framings), MemberType = typeof(ModbusBench))]
    public async Task A_cancelled_request_ends_at_once_and_its_reply_is_not_taken_for_the_next_one(ModbusFraming framing)
    {
        await using ModbusBench bench = await OpenAsync(framing);
        bench.Units[0].Registers[2] = 222;
        var asked = new TaskCompletionSource();
        var free = new TaskCompletionSource();
        bench.Next.Enqueue(async (reply, _) =>
        {
            asked.SetResult();
            await free.Task;
            return new ModbusOutcome(reply);
        });
        using var cancel = new CancellationTokenSource();
        Task<ushort[]> first = bench.Master().ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, 1, 1, cancel.Token);
        await asked.Task;

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Task<ushort[]> second = bench.Master().ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, 2, 1, s_none);
        free.SetResult();

        Assert.Equal([222], await second);
    }

    [Theory]
    [MemberData(nameof(ModbusBench.Framings), MemberType = typeof(ModbusBench))]
    public async Task Several_users_of_one_line_take_turns_and_an_urgent_one_goes_first(ModbusFraming framing)
    {
        await using ModbusBench bench = await OpenAsync(framing);
        var free = new TaskCompletionSource();
        bench.Next.Enqueue(async (reply, _) =>
        {
            await free.Task;
            return new ModbusOutcome(reply);
        });

        Task[] all = [.. Enumerable.Range(0, 6).Select(i => bench.Master((byte)(1 + (i % 2)), urgent: i == 5).WriteRegisterAsync((ushort)i, 1, s_none))];
        free.SetResult();
        await Task.WhenAll(all);

        Assert.Equal([0, 5, 1, 2, 3, 4], bench.Asked);
        Assert.Equal(1, bench.MostAtOnce);
    }

    [Fact]
    public async Task A_damaged_reply_is_asked_for_again_when_it_was_a_reading_request()
    {
        await using ModbusBench bench = await OpenAsync(ModbusFraming.Rtu, Patient(retries: 1));
        bench.Units[0].Registers[1] = 111;
        bench.Next.Enqueue((reply, _) => Task.FromResult(new ModbusOutcome(Damage(reply))));

        Assert.Equal([111], await bench.Master().ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, 1, 1, s_none));
    }

    [Fact]
    public async Task A_writing_request_is_never_sent_twice()
    {
        await using ModbusBench bench = await OpenAsync(ModbusFraming.Rtu, Patient(retries: 3));
        bench.Next.Enqueue((reply, _) => Task.FromResult(new ModbusOutcome(Damage(reply))));

        var fault = await Assert.ThrowsAsync<TransportException>(() => bench.Master().WriteCoilAsync(1, 0x5500, s_none));

        Assert.Equal(TransportFault.Garbled, fault.Fault);
        Assert.Single(bench.Units[0].RawCoils);
    }

    [Theory]
    [MemberData(nameof(ModbusBench.Framings), MemberType = typeof(ModbusBench))]
    public async Task After_a_lost_line_everything_faults_until_it_is_opened_again(ModbusFraming framing)
    {
        await using ModbusBench bench = await OpenAsync(framing);
        bench.Next.Enqueue((reply, _) => Task.FromResult(new ModbusOutcome(reply[..4], Cut: true)));

        TransportException cut = await FailAsync();
        TransportException closed = await FailAsync();
        await bench.Line.OpenAsync(anew: false, s_none);
        await bench.Master().WriteRegisterAsync(1, 1, s_none);

        Assert.Equal(TransportFault.Lost, cut.Fault);
        Assert.Equal(TransportFault.Lost, closed.Fault);

        Task<TransportException> FailAsync() => Assert.ThrowsAsync<TransportException>(() => bench.Master().WriteRegisterAsync(1, 1, s_none));
    }

    [Fact]
    public async Task A_unit_that_is_not_there_is_silent_on_a_serial_line_and_refused_by_a_gateway()
    {
        await using ModbusBench line = await OpenAsync(ModbusFraming.Rtu, Impatient());
        await using ModbusBench gateway = await OpenAsync(ModbusFraming.Tcp);

        var silent = await Assert.ThrowsAsync<TransportException>(() => line.Master(9).WriteRegisterAsync(1, 1, s_none));
        var refused = await Assert.ThrowsAsync<ModbusRefusedException>(() => gateway.Master(9).WriteRegisterAsync(1, 1, s_none));

        Assert.Equal(TransportFault.TimedOut, silent.Fault);
        Assert.Contains("unit 9", silent.Message, StringComparison.Ordinal);
        Assert.Equal(ModbusExceptionCode.GatewayTargetSilent, refused.Code);
    }

    [Fact]
    public async Task Bytes_that_are_no_frame_head_drop_the_tcp_connection()
    {
        await using ModbusBench bench = await OpenAsync(ModbusFraming.Tcp);
        bench.Next.Enqueue((_, _) => Task.FromResult(new ModbusOutcome("HTTP/1.1 400 Bad"u8.ToArray())));

        var fault = await Assert.ThrowsAsync<TransportException>(() => bench.Master().WriteRegisterAsync(1, 1, s_none));

        Assert.Contains("not Modbus TCP", fault.Message, StringComparison.Ordinal);
        Assert.False(bench.Line.IsOpen);
    }

    private Task<ModbusBench> OpenAsync(ModbusFraming framing, ModbusLineSettings? settings = null) =>
        ModbusBench.OpenAsync(framing, (settings ?? Patient(retries: 0)) with { Codec = Master }, Slave);

    private static ModbusLineSettings Patient(int retries) => new() { ReplyTimeout = TimeSpan.FromSeconds(20), ReadRetries = retries };

    /// <summary>For replies that never come within the time-out: how slow the machine is plays no part.</summary>
    private static ModbusLineSettings Impatient() =>
        new() { ReplyTimeout = TimeSpan.FromMilliseconds(50), LateReplyWindow = TimeSpan.FromSeconds(20), ReadRetries = 0 };

    private static byte[] Damage(ReadOnlyMemory<byte> reply)
    {
        byte[] bytes = reply.ToArray();
        bytes[^1] ^= 1;
        return bytes;
    }
}
