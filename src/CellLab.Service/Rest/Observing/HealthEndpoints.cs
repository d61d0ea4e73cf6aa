using CellLab.Core.Devices;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Messaging;

namespace CellLab.Service.Rest.Observing;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it could run a job now, or what keeps it from that.</summary>
internal static class HealthEndpoints
{
    private const string ProbeCursor = "health";

    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(5);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => new LiveBody("live")).WithSummary("The process answers");
        app.MapGet("/health/ready", ReadyAsync).WithSummary("200 when journal, broker and devices are all there, else 503 with what is missing");
    }

    private static async Task<IResult> ReadyAsync(
        IJournal journal, IMessageClient broker, IExperimentDesk desk, Clocks clocks, CancellationToken cancellationToken)
    {
        HealthCheck[] checks =
        [
            await JournalAsync(journal, clocks.Wall, cancellationToken),
            new("broker", broker.IsConnected, broker.IsConnected ? null : "the broker is not connected; records are stored and published later"),
            .. desk.Devices.Select(Device),
        ];
        bool ready = checks.All(check => check.Ok);
        return TypedResults.Json(
            new ReadyBody(ready, checks), RestJson.Options, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static HealthCheck Device(DeviceView device)
    {
        bool online = device.State == DeviceState.Online;
        return new HealthCheck($"device {device.Id}", online, online ? null : $"{device.State}{(device.LastError is { } error ? $": {error}" : "")}");
    }

    /// <summary>Writes for real: a full disk shows only then.</summary>
    private static async Task<HealthCheck> JournalAsync(IJournal journal, TimeProvider wall, CancellationToken cancellationToken)
    {
        try
        {
            await journal.WriteCursorAsync(ProbeCursor, wall.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken)
                .WaitAsync(WriteLimit, wall, cancellationToken);
            return new HealthCheck("journal", true, null);
        }
        catch (StorageException error)
        {
            return new HealthCheck("journal", false, error.Message);
        }
        catch (TimeoutException)
        {
            return new HealthCheck("journal", false, $"a write has not ended within {WriteLimit.TotalSeconds} s");
        }
    }
}

internal sealed record LiveBody(string Status);

internal sealed record ReadyBody(bool Ready, IReadOnlyList<HealthCheck> Checks);

/// <summary><paramref name="Problem"/> says what is wrong; null when nothing is.</summary>
internal sealed record HealthCheck(string Name, bool Ok, string? Problem);
