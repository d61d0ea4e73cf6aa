using System.Text.Json;

namespace CellLab.Cli.Client;

/// <summary>What the words of a job's state mean to a client.</summary>
internal static class JobStates
{
    public static bool IsFinal(JsonElement job) => job.TextOf("state") is "Completed" or "Failed" or "Cancelled";
}
