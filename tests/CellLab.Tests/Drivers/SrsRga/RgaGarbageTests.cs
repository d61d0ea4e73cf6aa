using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.SrsRga;
using CellLab.TestKit.Time;
using CellLab.TestKit.Wires;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace CellLab.Tests.Drivers.SrsRga;

/// <summary>Something that is no head answers: every call ends in time, in a typed fault.</summary>
public sealed class RgaGarbageTests(ITestOutputHelper output)
{
    private const int Cases = 6;

    [Fact]
    public async Task Random_answers_end_in_a_transient_fault()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < Cases; i++)
        {
            var wall = new ManualTimeProvider();
            await using var wire = new MemoryConnector((stream, token) => BabbleAsync(stream, new Random(random.Next()), token));
            await using var device = new SrsRgaDevice(
                new DeviceId("rga1"), new SrsRgaOptions { Address = new Uri("tcp://rga:818") }, wire,
                new Clocks(new LabClock(FixedLabTime.RealTime, wall), wall), NullLogger<SrsRgaDevice>.Instance, simulated: true);

            Task connecting = device.ConnectAsync(CancellationToken.None);
            for (int step = 0; step < 5000 && !connecting.IsCompleted; step++)
            {
                wall.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }

            var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => connecting);
            Assert.True(fault.IsTransient, fault.Message);
        }
    }

    /// <summary>Answers whatever comes with up to twenty bytes, some of them plausible.</summary>
    private static async Task BabbleAsync(Stream stream, Random random, CancellationToken cancellationToken)
    {
        byte[] heard = new byte[256];
        while (await stream.ReadAsync(heard, cancellationToken) > 0)
        {
            byte[] said = new byte[random.Next(20)];
            random.NextBytes(said);
            byte[] answer = random.Next(3) == 0 ? [.. "0\n\r"u8] : said;
            await stream.WriteAsync(answer, cancellationToken);
        }
    }
}
