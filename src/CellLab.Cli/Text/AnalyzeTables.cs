using System.Globalization;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Cli.Text;

/// <summary>Short tables of impedance, GITT and gas results.</summary>
internal static class AnalyzeTables
{
    public static void Write(TextWriter output, EisSection eis)
    {
        output.WriteLine();
        output.WriteLine(Text($"spectrum: {eis.Spectrum.FrequencyHz.Count} points, {eis.Spectrum.FrequencyHz.Max():g6} to {eis.Spectrum.FrequencyHz.Min():g6} Hz"));
        foreach (LinKkEntry test in eis.LinKk)
        {
            output.WriteLine(Text(
                $"Kramers-Kronig: {test.Verdict}; M {test.M}, mu {test.Mu:0.000}, largest residual {100 * test.MaxAbsResidualRe:0.00} % (real), {100 * test.MaxAbsResidualIm:0.00} % (imaginary)"));
        }

        foreach (WarburgEntry tail in eis.Warburg)
        {
            output.WriteLine(Text(
                $"Warburg: sigma {tail.SigmaOhmS05:g6} ohm s^-1/2 in {tail.WindowHz[0]:g4} to {tail.WindowHz[1]:g4} Hz, R2 {tail.R2:0.00000}; D {tail.DCm2S:g4} cm2/s with A {tail.AreaCm2:0.0000} cm2, C {tail.ConcentrationMolCm3:0.00000} mol/cm3 (assumed)"));
        }

        if (eis.Circuit is { } circuit)
        {
            output.WriteLine(Text($"circuit {circuit.Code}: rms {100 * circuit.RmsRelative:0.000} % over {circuit.Points} points {string.Join(", ", circuit.Flags)}"));
            TextTable.Write(output, ["parameter", "value", "sigma"],
                [.. circuit.Parameters.Select(one => new[] { one.Key, Text($"{one.Value.Value:g7}"), Text($"{one.Value.Sigma:g3}") })]);
        }
    }

    public static void Write(TextWriter output, GittSection gitt)
    {
        output.WriteLine();
        output.WriteLine(Text($"GITT: {gitt.Pulses.Count} pulses; mass {gitt.ActiveMassMg} mg, M {gitt.MolarMassGMol} g/mol, density {gitt.DensityGCm3} g/cm3, area {gitt.AreaCm2:0.####} cm2, L {gitt.LengthCm:g4} cm"));
        TextTable.Write(output, ["start s", "tau s", "rest V", "dEs mV", "dEt mV", "D cm2/s", "whole pulse", "theta", "R ohm", "flags"],
            [.. gitt.Pulses.Select(pulse => new[]
            {
                Text($"{pulse.StartS:0}"), Text($"{pulse.TauS:0.#}"), Text($"{pulse.RestV:0.0000}"), Text($"{pulse.DEsV * 1e3:0.000}"), Text($"{pulse.DEtV * 1e3:0.000}"),
                Text($"{pulse.DCm2S:0.00e+00}"), Text($"{pulse.DWholePulseCm2S:0.00e+00}"), Text($"{pulse.ThetaFit:0.000}"), Text($"{pulse.SeriesResistanceOhm:0.0}"),
                string.Join("; ", pulse.Flags),
            })]);
    }

    public static void Write(TextWriter output, DemsSection dems)
    {
        output.WriteLine();
        output.WriteLine(Text($"gas: {dems.Masses.Count} masses, {dems.Sweeps.Count} sweeps"));
        TextTable.Write(output, ["m/z", "samples", "smallest A", "largest A", "mean A"],
            [.. dems.Masses.Select(mass => new[]
            {
                mass.Key, Text($"{mass.Value.Samples}"), Text($"{mass.Value.MinA:0.000e+00}"), Text($"{mass.Value.MaxA:0.000e+00}"), Text($"{mass.Value.MeanA:0.000e+00}"),
            })]);
        foreach (CalibrationEntry one in dems.Calibrations)
        {
            output.WriteLine(Text($"calibration {one.Gas} at m/z {one.Mz}: {one.SensitivityCPerMol:g6} C/mol ({one.SignalC:g4} C of signal, {one.ChargeC:g4} C of charge)"));
        }

        foreach (FluxEntry one in dems.Fluxes)
        {
            output.WriteLine(Text($"flux {one.Gas} at m/z {one.Mz}: {one.IntegralWithEndsMol * 1e6:g6} umol, at most {one.MaxMolS * 1e12:g5} pmol/s at {one.MaxAtS:0.#} s"));
        }

        foreach ((string gas, GasEntry entry) in dems.Gases)
        {
            output.WriteLine(Text(
                $"{gas}: {entry.UmolPerMg:0.0000} umol/mg ({entry.UmolPerMgCharge:0.0000} in the charge), onset {(entry.OnsetNotBeforeMahG is { } earliest ? FormattableString.Invariant($"after a gap in the signal, between {earliest:0.0} and ") : "")}{entry.OnsetMahG:0.0} mAh/g {entry.OnsetV:0.000} V, 1 % at {entry.OnePercentMahG:0.0} mAh/g, at most {entry.MaxFluxPmolSMg:0.00} pmol/s/mg{(entry.Open ? "; the gas had not ended" : "")}"));
        }
    }

    public static void Write(TextWriter output, XrdSection xrd)
    {
        output.WriteLine();
        output.WriteLine(Text($"pattern: {xrd.Points} points, {xrd.TwoThetaFirstDeg:0.##} to {xrd.TwoThetaLastDeg:0.##} degrees; c {xrd.CAngstrom:0.0000} A, I003/I104 {xrd.I003I104:0.00} (angles as measured)"));
        TextTable.Write(output, ["hkl", "position deg", "sigma", "width deg", "height", "area", "d A"],
            [.. xrd.Peaks.Select(peak => new[]
            {
                $"({peak.Key})", Text($"{peak.Value.PositionDeg:0.0000}"), Text($"{peak.Value.SigmaDeg:0.0000}"), Text($"{peak.Value.WidthDeg:0.000}"), Text($"{peak.Value.Height:g5}"),
                Text($"{peak.Value.Area:g5}"), Text($"{peak.Value.DAngstrom:0.0000}"),
            })]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
