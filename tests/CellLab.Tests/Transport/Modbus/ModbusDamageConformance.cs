using CellLab.Transport;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;

namespace CellLab.Tests.Transport.Modbus;

/// <summary>Whatever comes over the wire is a frame or a fault.</summary>
public abstract class ModbusDamageConformance
{
    private static readonly int s_seed = Random.Shared.Next();
    private static readonly int s_inputs = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 100_000 : 5_000;

    protected virtual ModbusCodec Codec => ModbusCodec.CellLab;

    [Theory]
    [MemberData(nameof(ModbusBench.Framings), MemberType = typeof(ModbusBench))]
    public async Task A_master_ends_every_damaged_reply_with_a_frame_or_a_fault(ModbusFraming framing)
    {
        var random = new Random(s_seed);
        for (int i = 0; i < s_inputs; i++)
        {
            byte[] request = AnyRequest(random);
            byte[] reply = Damage(random, Reply(framing, request));
            var wire = new FixedReplyConnection(reply);
            var settings = new ModbusLineSettings { Framing = framing, Codec = Codec, ReplyTimeout = TimeSpan.Zero, LateReplyWindow = TimeSpan.Zero };
            IModbusFramer framer = ModbusFramers.Create(wire, settings, TimeProvider.System);
            using var end = framer as IDisposable;
            try
            {
                byte[] answer = await framer.ExchangeAsync(1, request, CancellationToken.None);
                Assert.Null(ModbusReplies.Problem(request, answer));
            }
            catch (TransportException)
            {
                // a fault: what comes after the bytes is an end of stream, so that nothing can hang
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {s_seed}, input {i}, reply {Convert.ToHexString(reply)}: {e}");
            }
        }
    }

    [Fact]
    public void A_unit_answers_every_damaged_request_with_a_reply_or_a_refusal()
    {
        var random = new Random(s_seed);
        var unit = new MemoryUnit();
        for (int i = 0; i < s_inputs; i++)
        {
            byte[] request = Damage(random, AnyRequest(random));
            if (request.Length == 0)
            {
                continue;
            }

            try
            {
                byte[] answer = ModbusAnswers.Answer(unit, request);
                Assert.InRange(answer.Length, 2, 253);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {s_seed}, input {i}, request {Convert.ToHexString(request)}: {e}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModbusBench.Framings), MemberType = typeof(ModbusBench))]
    public async Task A_slave_outlives_every_damaged_stream(ModbusFraming framing)
    {
        var random = new Random(s_seed);
        var address = new Uri(framing == ModbusFraming.Rtu ? "serial:///dev/memory" : "tcp://memory:502");
        for (int i = 0; i < s_inputs; i += 10)
        {
            byte[] stream = [.. Enumerable.Range(0, 10).SelectMany(_ => Damage(random, Framed(framing, AnyRequest(random))))];
            var wire = new FixedReplyConnection(stream, address);
            try
            {
                await ModbusSlaves.Create(Codec, wire, framing, _ => new MemoryUnit(), TimeProvider.System).RunAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {s_seed}, stream {i}, {Convert.ToHexString(stream)}: {e}");
            }
        }
    }

    private static byte[] AnyRequest(Random random)
    {
        ushort address = (ushort)random.Next(1200);
        return random.Next(7) switch
        {
            0 => ModbusRequests.Read(ModbusFunction.ReadCoils, address, random.Next(1, 2001)),
            1 => ModbusRequests.Read(ModbusFunction.ReadHoldingRegisters, address, random.Next(1, 126)),
            2 => ModbusRequests.WriteCoil(address, (ushort)random.Next(65536)),
            3 => ModbusRequests.WriteRegister(address, (ushort)random.Next(65536)),
            4 => ModbusRequests.WriteCoils(address, new bool[random.Next(1, 100)]),
            5 => ModbusRequests.WriteRegisters(address, new ushort[random.Next(1, 124)]),
            _ => ModbusRequests.ReadWriteRegisters(address, random.Next(1, 126), address, new ushort[random.Next(1, 122)]),
        };
    }

    private static byte[] Reply(ModbusFraming framing, byte[] request) => Framed(framing, ModbusAnswers.Answer(new MemoryUnit(), request));

    private static byte[] Framed(ModbusFraming framing, byte[] pdu) =>
        framing == ModbusFraming.Tcp ? TcpFrame.Encode(1, 1, pdu) : RtuFrame.Encode(1, pdu);

    /// <summary>Flips, cuts, doubles, inserts, or leaves as it is; sometimes the checksum is made to fit again.</summary>
    private static byte[] Damage(Random random, byte[] bytes)
    {
        List<byte> damaged = [.. bytes];
        for (int i = random.Next(4); i > 0 && damaged.Count > 0; i--)
        {
            int at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.Take(random.Next(20)).ToArray());
                    break;
                case 3:
                    damaged.RemoveAt(at);
                    break;
                default:
                    damaged[at] = (byte)random.Next(256);
                    break;
            }
        }

        return damaged.Count > 3 && random.Next(2) == 0 ? [.. RtuFrame.Encode(damaged[0], damaged.ToArray().AsSpan()[1..^2])] : [.. damaged];
    }
}
