using System.Globalization;
using System.Text;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>What a scripted BTS tells of one channel; the test writes it.</summary>
internal sealed class FakeChannel
{
    public string State { get; set; } = "finish";

    public long TestId { get; set; }

    public string Barcode { get; set; } = "--";

    public bool Complete { get; set; } = true;

    public double TotalSeconds { get; set; }

    /// <summary>Whole <c>data</c> elements, in order.</summary>
    public List<string> Records { get; } = [];

    public List<string> Steps { get; } = [];

    public List<string> Log { get; } = [];

    /// <summary>The test before, still served by its id.</summary>
    public (long TestId, IReadOnlyList<string> Records)? Earlier { get; set; }

    /// <summary>What a start does; returns the answer's word.</summary>
    public Func<FakeChannel, string> OnStart { get; set; } = channel =>
    {
        channel.State = "working";
        channel.TestId++;
        channel.Complete = false;
        channel.Records.Clear();
        return "ok";
    };

    public Func<FakeChannel, string> OnStop { get; set; } = channel =>
    {
        channel.State = "stop";
        channel.Complete = true;
        return "ok";
    };

    /// <summary>Stores one record. <paramref name="localTime"/> is the PC's clock.</summary>
    public void Store(int step, int cycle, string type, double stepSeconds, DateTime localTime, double volts, double amperes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<data seqid=\"{Records.Count + 1}\" stepid=\"{step}\" cycleid=\"{cycle}\" steptype=\"{type}\" ");
        text.Append(CultureInfo.InvariantCulture, $"testtime=\"{stepSeconds * 1000}\" atime=\"{localTime:yyyy-MM-dd HH:mm:ss}\" volt=\"{volts}\" ");
        text.Append(CultureInfo.InvariantCulture, $"curr=\"{amperes}\" cap=\"0\" eng=\"0\"/>");
        Records.Add(text.ToString());
    }

    public void StoreStep(int first, int last, int step, double seconds) => Steps.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"<data startseqid=\"{first}\" endseqid=\"{last}\" stepindex=\"{Steps.Count + 1}\" stepid=\"{step}\" cycleid=\"1\" steptime=\"{seconds * 1000}\"/>"));
}
