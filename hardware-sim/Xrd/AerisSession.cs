using System.Text;
using CellLab.Transport;

namespace CellLab.HardwareSim.Xrd;

/// <summary>The automation interface of an Aeris: one request on a connection, ended by <c>@END</c>; the words that two open clients look for.</summary>
internal sealed class AerisSession(AerisShelf shelf, Diffractometer diffractometer, IConnection connection, TextAnswers answers)
{
    private const int Longest = 1024;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[Longest];
        int filled = 0;
        while (filled < Longest && !Encoding.ASCII.GetString(buffer, 0, filled).Contains("@END", StringComparison.Ordinal))
        {
            int count = await connection.Stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (count == 0)
            {
                return;
            }

            filled += count;
        }

        string request = Encoding.ASCII.GetString(buffer, 0, filled);
        string[] parts = request.Split('@', StringSplitOptions.RemoveEmptyEntries);
        await answers.SendAsync(parts.Length > 1 ? parts[1] : "", Answer(parts), cancellationToken);
    }

    private string Answer(string[] parts)
    {
        Dictionary<string, string> fields = parts.Where(p => p.Contains('=', StringComparison.Ordinal))
            .Select(p => p.Split('=', 2)).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.First()[1]);
        string Field(string name) => fields.GetValueOrDefault(name, "");
        return parts switch
        {
            ["STATUS_REQUEST", "SYSTEM", ..] => "@STATUS_REPLY@SYSTEM=remote@END",
            ["STATUS_REQUEST", _, ..] when Field("UNIT") == "xrd" => $"@STATUS_REPLY@UNIT=xrd@READY={(diffractometer.Show() is { Ready: true } ? "yes" : "no")}@END",
            ["STATUS_REQUEST", _, ..] when fields.ContainsKey("LOCATION") => $"@STATUS_REPLY@LOCATION={Field("LOCATION")}@STATE={(shelf.IsFree ? "free" : "occupied")}@END",
            ["SAMPLE", "ADD", ..] when shelf.Add(Field("SAMPLE_ID")) => Done("ADD", Field("SAMPLE_ID")),
            ["SAMPLE", "REMOVE", ..] when shelf.Remove(Field("SAMPLE_ID")) => Done("REMOVE", Field("SAMPLE_ID")),
            ["SAMPLE", "MEASURE", ..] when shelf.Sample == Field("SAMPLE_ID") && Measure(Field("SAMPLE_ID")) => Done("MEASURE", Field("SAMPLE_ID")),
            _ => "@SAMPLE@STATUS=fatal@TEXT=request cannot be carried out@END",
        };
    }

    /// <summary>The answer is the acknowledgement.</summary>
    private bool Measure(string sample)
    {
        bool started = diffractometer.Trigger(sample);
        diffractometer.Show();
        return started;
    }

    private static string Done(string what, string sample) => $"@SAMPLE@{what}@SAMPLE_ID={sample}@STATUS=success@END";
}

/// <summary>The one place of the simulated sample changer.</summary>
internal sealed class AerisShelf
{
    private string? _sample;

    public string? Sample => Volatile.Read(ref _sample);

    public bool IsFree => Sample is null;

    public bool Add(string id) => id.Length > 0 && Interlocked.CompareExchange(ref _sample, id, null) is null;

    public bool Remove(string id) => Sample == id && Interlocked.Exchange(ref _sample, null) is not null;
}
