using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Messaging.Topics;

/// <summary>Names of all topics of one site: <c>celllab/v1/{site}/...</c>. Ids are lower-case letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, so
/// that none can hold a wildcard or open a level of its own.</summary>
public sealed class TopicMap
{
    public const string Prefix = "celllab/v1";

    private readonly string _root;

    /// <exception cref="ArgumentException">The site's name cannot stand in a topic.</exception>
    public TopicMap(string site) => _root = $"{Prefix}/{Checked(site, "site")}";

    public string EveryNodeRecords => $"{_root}/node/+/records";

    public string EveryNodeCompanions => $"{_root}/node/+/companions";

    public string Everything => $"{_root}/#";

    public string NodeStatus(string node) => $"{_root}/node/{Checked(node, "node")}/status";

    public string NodeRecords(string node) => $"{_root}/node/{Checked(node, "node")}/records";

    /// <summary>Rows of instruments beside the cycler.</summary>
    public string NodeCompanions(string node) => $"{_root}/node/{Checked(node, "node")}/companions";

    public string DeviceState(DeviceId device) => $"{_root}/device/{Checked(device.Value, "device")}/state";

    public string ChannelState(ChannelAddress channel) => $"{_root}/channel/{Checked(channel.ToString(), "channel")}/state";

    public string JobState(JobId job) => Job(job, "state");

    public string JobProgress(JobId job) => Job(job, "progress");

    public string JobLatestCycle(JobId job) => Job(job, "latest-cycle");

    public string JobRecords(JobId job) => Job(job, "records");

    public string JobLive(JobId job) => Job(job, "live");

    public string JobEvent(JobId job) => Job(job, "event");

    public string JobCycle(JobId job) => Job(job, "cycle");

    public string JobAnalysis(JobId job, string kind) => Job(job, $"analysis/{Checked(kind, "analysis")}");

    public string Alarm(string id) => $"{_root}/alarm/{Checked(id, "alarm")}";

    private static string Checked(string id, string what)
    {
        bool good = id.Length > 0 && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' or '.');
        return good
            ? id
            : throw new ArgumentException($"the {what} name '{id}' cannot stand in a topic; use lower-case letters, digits and '-'", nameof(id));
    }

    private string Job(JobId job, string leaf) => $"{_root}/job/{Checked(job.Value, "job")}/{leaf}";
}
