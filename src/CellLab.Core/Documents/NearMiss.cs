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

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
