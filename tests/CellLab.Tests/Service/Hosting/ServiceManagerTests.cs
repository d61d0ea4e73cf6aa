using System.Net.Sockets;
using System.Text;
using CellLab.Service.Hosting;
using CellLab.TestKit.Time;

namespace CellLab.Tests.Service.Hosting;

/// <summary>What systemd hears, on a datagram socket as its own.</summary>
public sealed class ServiceManagerTests
{
    [Fact]
    public async Task It_hears_ready_then_a_sign_of_life_twice_in_its_time_then_the_end()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        var wall = new ManualTimeProvider();
        await using (ServiceManager manager = ServiceManager.Ready(name => name == "NOTIFY_SOCKET" ? path : "60000000", wall))
        {
            Assert.Equal("READY=1", await HearAsync(systemd));
            wall.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal("WATCHDOG=1", await HearAsync(systemd));
            manager.Stopping();
            Assert.Equal("STOPPING=1", await HearAsync(systemd));
        }
    }

    [Fact]
    public async Task Without_a_manager_nothing_happens()
    {
        await using ServiceManager manager = ServiceManager.Ready(_ => null, TimeProvider.System);
        manager.Stopping();
    }

    private static async Task<string> HearAsync(Socket socket)
    {
        byte[] buffer = new byte[100];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
    }
}
