using System.Globalization;
using System.Text;

namespace CellLab.Service.Rest.Observing;

/// <summary>Writes the Prometheus text format, version 0.0.4.</summary>
internal sealed class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    public MetricsText Family(string name, string type, string help)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        return this;
    }

    public MetricsText Value(string name, double value)
    {
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        return this;
    }

    public MetricsText Value(string name, string label, string labelValue, double value)
    {
        string escaped = labelValue.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        text.Append(CultureInfo.InvariantCulture, $"{name}{{{label}=\"{escaped}\"}} {value}\n");
        return this;
    }

    public override string ToString() => text.ToString();
}
