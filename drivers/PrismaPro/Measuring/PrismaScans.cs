using System.Globalization;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Drivers.PrismaPro.Session;
using CellLab.Drivers.PrismaPro.Wire;

namespace CellLab.Drivers.PrismaPro.Measuring;

/// <summary>Fetches finished scans by their numbers. The instrument keeps the last 100; what has gone is noted as a gap.</summary>
internal sealed class PrismaScans(PrismaSession session, PrismaProOptions options)
{
    private const int KeptByTheInstrument = 100;

    public async Task<IonPoll> FetchAsync(PrismaRun run, PrismaProgress progress, int most, CancellationToken cancellationToken)
    {
        var passes = new List<IonPass>();
        var notes = new List<string>();
        long next = run.Next;
        if (progress.Running < next)
        {
            notes.Add($"scan numbers went back from {next} to {progress.Running}: the instrument was started anew");
            next = progress.Running;
        }

        long oldest = progress.Running - KeptByTheInstrument + 1;
        if (next < oldest)
        {
            notes.Add($"scans {next} to {oldest - 1} were overwritten before they could be fetched");
            next = oldest;
        }

        DateTimeOffset latest = run.Latest;
        for (; next < progress.Running && passes.Count < most; next++)
        {
            JsonElement data;
            try
            {
                data = await session.GetAsync(string.Create(CultureInfo.InvariantCulture, $"measurement/scans/{next}/get"), cancellationToken);
            }
            catch (DeviceFaultException fault) when (fault.IsTransient && passes.Count > 0)
            {
                break; // what came is handed on; the next poll goes on here or meets the same again
            }
            catch (Exception)
            {
                run.Latest = latest; // nothing is handed on: the same scans come again and have the same times
                throw;
            }

            PrismaScan? scan = session.Read("scan", () => PrismaReply.Scan(data));
            if (scan is null || scan.Number != next || scan.Values.Count != run.Masses.Count)
            {
                notes.Add($"scan {next} did not come as it was set up ({scan?.Values.Count ?? 0} values, number {scan?.Number ?? 0}); left out");
                continue;
            }

            passes.Add(Pass(run, scan, notes));
        }

        run.Next = next;
        return new IonPoll(passes, notes);
    }

    private IonPass Pass(PrismaRun run, PrismaScan scan, List<string> notes)
    {
        var ions = new List<IonReading>(scan.Values.Count);
        for (int i = 0; i < scan.Values.Count; i++)
        {
            DateTimeOffset time = run.TimeOf(scan.Number, i);
            if (scan.Values[i] is { } amperes)
            {
                ions.Add(new IonReading(run.Masses[i], amperes, time));
            }
            else
            {
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"scan {scan.Number}: no number at m/z {run.Masses[i]}"));
            }
        }

        string dwell = string.Create(CultureInfo.InvariantCulture, $"dwell {run.DwellSeconds * 1000:0.###} ms");
        return new IonPass(scan.Number - run.FirstScan + 1, ions, options.Multiplier ? "multiplier" : "faraday", dwell, null);
    }
}
