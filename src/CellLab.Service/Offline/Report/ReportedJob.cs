using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;

namespace CellLab.Service.Offline.Report;

/// <summary>One job as a report shows it: what the service answers about it, read once.</summary>
/// <param name="Material">Sample name without a trailing number: jobs of one material are replicates.</param>
/// <param name="FirstCycle">Charge and discharge of the first cycle: mAh/g counted from the start of each half, V.</param>
public sealed record ReportedJob(
    string Id, string Sample, string Material, string Pipeline, string Holder, string Protocol, string State, string? Verdict, double ActiveMassMg, double CRateBaseMahG,
    IReadOnlyList<CycleView> Cycles, IReadOnlyList<CycleCurve> Curves, FadeTable? Life, FirstCycleTrace? FirstCycle)
{
    /// <summary>Results of <c>analysis/gitt</c>, <c>eis</c>, <c>dems</c> and <c>xrd</c> as the service gives them; empty where there are none.</summary>
    public IReadOnlyList<JsonElement> Gitt { get; init; } = [];

    public IReadOnlyList<JsonElement> Impedance { get; init; } = [];

    public IReadOnlyList<JsonElement> Gas { get; init; } = [];

    public IReadOnlyList<JsonElement> Patterns { get; init; } = [];

    /// <summary>Gaps, resumes and alarms as the events tell them, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Why it is not in means and figures; null when it is.</summary>
    public string? Excluded { get; init; }

    public bool Running => State is not ("Completed" or "Failed" or "Cancelled");

    public string Label => $"{Sample} ({Id[..Math.Min(8, Id.Length)]}{(Running ? ", running" : "")})";

    /// <summary><c>LMNO-3</c>, <c>LMNO_3</c> and <c>LMNO 3</c> are of the material <c>LMNO</c>.</summary>
    public static string MaterialOf(string sample)
    {
        string stem = sample.TrimEnd("0123456789".ToCharArray());
        string trimmed = stem.TrimEnd('-', '_', ' ', '#');
        return stem.Length < sample.Length && trimmed.Length < stem.Length && trimmed.Length > 0 ? trimmed : sample;
    }
}

/// <summary>Voltage over specific capacity, thinned for drawing; each half from 0.</summary>
public sealed record FirstCycleTrace(IReadOnlyList<(double MahG, double Volts)> Charge, IReadOnlyList<(double MahG, double Volts)> Discharge);
