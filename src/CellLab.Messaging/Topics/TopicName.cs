namespace CellLab.Messaging.Topics;

/// <summary>A received topic taken apart: <c>celllab/v1/{Site}/{Kind}/{Id}/{Leaf}</c>. An alarm has no leaf.</summary>
public sealed record TopicName(string Site, string Kind, string Id, string Leaf)
{
    /// <summary>Null for topics that are not ours.</summary>
    public static TopicName? TryParse(string topic)
    {
        if (!topic.StartsWith(TopicMap.Prefix + "/", StringComparison.Ordinal))
        {
            return null;
        }

        string[] levels = topic[(TopicMap.Prefix.Length + 1)..].Split('/', 4);
        return levels.Length >= 3 ? new TopicName(levels[0], levels[1], levels[2], levels.Length > 3 ? levels[3] : "") : null;
    }
}
