using System.Text.Json.Serialization;
using CellLab.Analysis.Diffraction;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Patterns;

namespace CellLab.Service.Offline.Analyze;

/// <summary>What the diffraction analysis says of a pattern. Positions are as measured; spacings and c are of the position less the displacement offset, which
/// is what a sample off the axis adds and nobody but the user knows.</summary>
public sealed record XrdSection(
    [property: JsonPropertyName("points")] int Points,
    [property: JsonPropertyName("two_theta_first_deg")] double TwoThetaFirstDeg,
    [property: JsonPropertyName("two_theta_last_deg")] double TwoThetaLastDeg,
    [property: JsonPropertyName("wavelength_angstrom")] double WavelengthAngstrom,
    [property: JsonPropertyName("peaks")] IReadOnlyDictionary<string, ReflectionEntry> Peaks,
    [property: JsonPropertyName("c_angstrom")] double? CAngstrom,
    [property: JsonPropertyName("i003_i104")] double? I003I104,
    [property: JsonPropertyName("displacement_offset_deg")] double DisplacementOffsetDeg,
    [property: JsonPropertyName("method")] string Method);

public sealed record ReflectionEntry(
    [property: JsonPropertyName("position_deg")] double PositionDeg,
    [property: JsonPropertyName("sigma_deg")] double? SigmaDeg,
    [property: JsonPropertyName("width_deg")] double WidthDeg,
    [property: JsonPropertyName("height")] double Height,
    [property: JsonPropertyName("area")] double Area,
    [property: JsonPropertyName("background")] double Background,
    [property: JsonPropertyName("d_angstrom")] double DAngstrom,
    [property: JsonPropertyName("window_deg")] IReadOnlyList<double> WindowDeg);

/// <param name="Windows">Where to look for a reflection, by its indices.</param>
public sealed record XrdInput(IReadOnlyDictionary<string, Span> Windows, double WavelengthAngstrom = Lattice.CopperAngstrom, double OffsetDegrees = 0)
{
    /// <summary>Wide enough for a sample some tenths of a millimetre off the axis (Cu K-alpha).</summary>
    public static XrdInput Default { get; } = new(new Dictionary<string, Span> { ["003"] = new(17, 20.2), ["104"] = new(43, 46) });
}

internal static class XrdSectionBuilder
{
    private const int FewestPoints = 8;

    public static XrdSection Build(PatternFile file, XrdInput input, FindingLog log)
    {
        var peaks = new Dictionary<string, ReflectionEntry>();
        foreach ((string indices, Span window) in input.Windows)
        {
            int[] inside = [.. Enumerable.Range(0, file.Degrees.Count).Where(point => window.Holds(file.Degrees[point]))];
            if (inside.Length < FewestPoints)
            {
                continue;
            }

            if (PeakFit.Fit([.. inside.Select(point => file.Degrees[point])], [.. inside.Select(point => file.Counts[point])]) is { } fit)
            {
                peaks[indices] = new ReflectionEntry(
                    fit.Position, fit.PositionError, fit.Width, fit.Height, fit.Area, fit.Background, Lattice.Spacing(fit.Position - input.OffsetDegrees, input.WavelengthAngstrom), [window.From, window.To]);
            }
            else
            {
                log.Warning("no_peak", null, indices, $"({indices}): no reflection stands out between {window.From} and {window.To} degrees");
            }
        }

        ReflectionEntry? layer = peaks.GetValueOrDefault("003"), other = peaks.GetValueOrDefault("104");
        return new XrdSection(
            file.Degrees.Count, file.Degrees[0], file.Degrees[^1], input.WavelengthAngstrom, peaks, 3 * layer?.DAngstrom,
            layer is not null && other is { Area: > 0 } ? layer.Area / other.Area : null, input.OffsetDegrees, PeakFit.MethodVersion);
    }
}
