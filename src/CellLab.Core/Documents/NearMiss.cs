namespace CellLab.Core.Documents;

/// <summary>Finds the name that somebody most likely meant.</summary>
public static class NearMiss
{
    /// <summary>The known name closest to <paramref name="written"/>, or null when none is close: case and underscores do not count, and
    /// about a third of the letters may differ.</summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        string plain = Plain(written);
        int allowed = Math.Max(1, plain.Length / 3);
        return known.Select(name => (name, distance: Distance(plain, Plain(name))))
            .Where(pair => pair.distance <= allowed)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.name)
            .FirstOrDefault();
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Levenshtein distance in which two neighbours that changed places count as one mistake ("siet").</summary>
    private static int Distance(string a, string b)
    {
        int[] before = [];
        int[] above = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(substituted, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above) = (above, row);
        }

        return above[b.Length];
    }
}
