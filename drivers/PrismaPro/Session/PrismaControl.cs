using System.Globalization;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Drivers.PrismaPro.Wire;

namespace CellLab.Drivers.PrismaPro.Session;

/// <summary>Who the instrument is, who controls it, and how it is.</summary>
internal sealed class PrismaControl(PrismaSession session, PrismaProOptions options)
{
    private const string ClientName = "CellLab";

    /// <summary>Of the QMG 250 with the smallest range; for an instrument that does not tell its own.</summary>
    private const int SmallestRange = 100;

    public async Task<PrismaSensor> IdentifyAsync(CancellationToken cancellationToken)
    {
        JsonElement electronics = await session.GetAsync("electronicsInfo/get", cancellationToken);
        JsonElement sensor = await session.GetAsync("sensorInfo/get", cancellationToken);
        string? range = PrismaReply.Like(sensor, "massMax") ?? PrismaReply.Like(sensor, "maxMass") ?? PrismaReply.Like(sensor, "massRange")
            ?? PrismaReply.Like(electronics, "massMax") ?? PrismaReply.Like(electronics, "massRange");
        int highest = double.TryParse(range, NumberStyles.Float, CultureInfo.InvariantCulture, out double told) && told is > 0 and < 2000
            ? (int)told
            : SmallestRange;
        return new PrismaSensor(
            new DeviceIdentity(
                "Pfeiffer PrismaPro QMG 250",
                PrismaReply.Like(sensor, "serial") ?? PrismaReply.Like(electronics, "serial"),
                PrismaReply.Like(electronics, "firmware") ?? PrismaReply.Like(electronics, "version")),
            highest);
    }

    /// <summary>The name of another client that has control; null where it is ours or nobody's.</summary>
    public async Task<string?> OtherAsync(CancellationToken cancellationToken)
    {
        JsonElement info = await session.GetAsync("communication/controlInfo/get", cancellationToken);
        return Text(info, "ipAddress").Length > 0 && Text(info, "clientName") is var name && name != ClientName ? name : null;
    }

    /// <summary>Takes control of a free instrument; from another client only where that is configured and allowed.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        JsonElement info = await session.GetAsync("communication/controlInfo/get", cancellationToken);
        string address = Text(info, "ipAddress");
        string name = Text(info, "clientName");
        bool ours = name == ClientName;
        if (address.Length > 0 && !ours && !(options.ForceControl && IsSet(info, "canForceControl")))
        {
            throw session.Fault(
                FaultKind.Rejected,
                $"'{name}' at {address} controls the instrument; end it there, or set settings.force_control to true");
        }

        await session.GetAsync($"communication/clientName/set?{ClientName}", cancellationToken);
        await session.GetAsync("communication/control/set?force", cancellationToken);
        await session.GetAsync("communication/controlLock/set?Session", cancellationToken);
    }

    public async Task<IReadOnlyList<string>> ErrorsAsync(CancellationToken cancellationToken)
    {
        var sentences = new List<string>();
        foreach (string field in (string[])["hardwareErrors", "hardwareWarnings"])
        {
            JsonElement data = await session.GetAsync($"status/{field}/get", cancellationToken);
            uint bits = session.Read(field, () => (uint)PrismaReply.Number(data));
            sentences.AddRange(Enumerable.Range(0, 32).Where(b => (bits >> b & 1) == 1).Select(b => $"bit {b} of {field}"));
        }

        return sentences;
    }

    public async Task<PrismaProgress> ProgressAsync(CancellationToken cancellationToken)
    {
        JsonElement data = await session.GetAsync("scanInfo/get?currentScan&scanning&pointsPerScan", cancellationToken);
        return session.Read("scanInfo", () => new PrismaProgress(
            (long)PrismaReply.Number(data, "currentScan"),
            PrismaReply.Member(data, "scanning") is { } scanning && PrismaReply.IsOn(scanning),
            (int)PrismaReply.Number(data, "pointsPerScan")));
    }

    private static string Text(JsonElement data, string name) => PrismaReply.Member(data, name) is { } member ? PrismaReply.Text(member) : "";

    private static bool IsSet(JsonElement data, string name) => PrismaReply.Member(data, name) is { } member && PrismaReply.IsOn(member);
}

internal sealed record PrismaSensor(DeviceIdentity Identity, int HighestMass);

/// <param name="Running">Number of the scan that runs; those before it are finished.</param>
internal sealed record PrismaProgress(long Running, bool Scanning, int Points);
