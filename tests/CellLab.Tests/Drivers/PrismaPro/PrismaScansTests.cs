using System.Globalization;
using System.Text;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.PrismaPro;
using CellLab.Drivers.PrismaPro.Measuring;
using CellLab.Drivers.PrismaPro.Session;
using CellLab.TestKit.Wires;

namespace CellLab.Tests.Drivers.PrismaPro;

/// <summary>Scans that pile up and are fetched from a web server that fails in between.</summary>
public sealed class PrismaScansTests
{
    private const double PeriodSeconds = 5;

    private readonly DateTimeOffset _began = DateTimeOffset.UnixEpoch;

    /// <summary>Requests for these scans fail, once each.</summary>
    private readonly HashSet<long> _failing = [];

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public async Task A_failure_within_a_backlog_moves_no_time_and_loses_no_scan(long failing)
    {
        _failing.Add(failing);
        await using var web = new MemoryConnector(ServeAsync);
        var options = new PrismaProOptions { Address = new Uri("tcp://prisma:80") };
        using var session = new PrismaSession(new DeviceId("prisma1"), options, web, Clocks.RealTime);
        var scans = new PrismaScans(session, options);
        var run = new PrismaRun(IonPlan.Of([32, 36, 44], TimeSpan.FromSeconds(PeriodSeconds)), 0.5, 1, _began);
        var passes = new List<IonPass>();
        var progress = new PrismaProgress(7, Scanning: true, 3);

        int faults = 0;
        while (run.Next < progress.Running)
        {
            try
            {
                passes.AddRange((await scans.FetchAsync(run, progress, 50, default)).Passes);
            }
            catch (DeviceFaultException fault) when (fault.IsTransient)
            {
                faults++;
            }
        }

        Assert.Equal(failing == 1 ? 1 : 0, faults); // one after others is told when it comes again
        Assert.Equal([1L, 2, 3, 4, 5, 6], passes.Select(pass => pass.Number));
        Assert.All(passes, pass => Assert.Equal(
            [0.25, 0.75, 1.25], pass.Ions.Select(ion => Math.Round((ion.TakenAtUtc - _began).TotalSeconds - ((pass.Number - 1) * PeriodSeconds), 6))));
    }

    private async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } request)
        {
            while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 })
            {
                // the rest of the head
            }

            long scan = long.Parse(request.Split('/')[4], CultureInfo.InvariantCulture); // GET /mmsp/measurement/scans/3/get HTTP/1.1
            string body = $$$"""{"name":"got","origin":"/mmsp/measurement/scans","data":{"scannum":{{{scan}}},"scansize":3,"values":[1e-12,2e-12,3e-12]}}""";
            string status = _failing.Remove(scan) ? "500 Internal Server Error" : "200 OK";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"), cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
    }
}
