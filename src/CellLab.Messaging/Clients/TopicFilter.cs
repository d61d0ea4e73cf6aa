namespace CellLab.Messaging.Clients;

/// <summary>MQTT topic filters (MQTT 5 section 4.7): <c>+</c> stands for one level, <c>#</c> for this level's parent and all below.</summary>
public static class TopicFilter
{
    public static bool Matches(string filter, string topic)
    {
        ReadOnlySpan<char> filterRest = filter;
        ReadOnlySpan<char> topicRest = topic;
        if (topicRest.StartsWith("$") && !filterRest.StartsWith("$"))
        {
            return false; // wildcards at the first level leave out the broker's own topics
        }

        while (true)
        {
            ReadOnlySpan<char> filterLevel = TakeLevel(ref filterRest, out bool filterGoesOn);
            if (filterLevel is "#")
            {
                return true;
            }

            ReadOnlySpan<char> topicLevel = TakeLevel(ref topicRest, out bool topicGoesOn);
            if (filterLevel is not "+" && !filterLevel.SequenceEqual(topicLevel))
            {
                return false;
            }

            if (!filterGoesOn || !topicGoesOn)
            {
                return filterGoesOn == topicGoesOn || (filterGoesOn && filterRest is "#");
            }
        }
    }

    private static ReadOnlySpan<char> TakeLevel(ref ReadOnlySpan<char> rest, out bool goesOn)
    {
        int slash = rest.IndexOf('/');
        goesOn = slash >= 0;
        ReadOnlySpan<char> level = goesOn ? rest[..slash] : rest;
        rest = goesOn ? rest[(slash + 1)..] : [];
        return level;
    }
}
