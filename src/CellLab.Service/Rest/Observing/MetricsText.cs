using System.Globalization;
using System.Text;

namespace CellLab.Service.Rest.Observing;

/// <summary>Writes the Prometheus text format, version 0.0.4.</summary>
internal static class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IReadOnlyList<FigureFamily> families)
    {
        var text = new StringBuilder();
        foreach (FigureFamily family in families)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Name} {family.Help}\n# TYPE {family.Name} {family.Kind.ToString().ToLowerInvariant()}\n");
            foreach (Figure figure in family.Values)
            {
                text.Append(CultureInfo.InvariantCulture, $"{family.Name}{figure.Suffix}{Labels(figure)} {figure.Value}\n");
            }
        }

        return text.ToString();
    }

    private static string Labels(Figure figure)
    {
        if (figure.Label is null)
        {
            return "";
        }

        string escaped = (figure.LabelValue ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{{{figure.Label}=\"{escaped}\"}}";
    }
}
