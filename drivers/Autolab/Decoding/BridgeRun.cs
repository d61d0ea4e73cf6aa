using System.Globalization;
using System.Text.Json.Nodes;
using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Drivers.Autolab.Decoding;

/// <summary>One run as its events tell it. Current in the instrument's sign, values that were no numbers null.</summary>
internal sealed class BridgeRun(string id)
{
    private readonly JsonArray _steps = [];
    private readonly JsonArray _samples = [];
    private readonly JsonArray _spectrum = [];
    private JsonObject? _finished;

    public string Id => id;

    /// <returns>The event as a person reads it.</returns>
    public string Add(RunEventLine line)
    {
        switch (line)
        {
            case StepLine step:
                _steps.Add(new JsonObject
                {
                    ["count"] = step.Count, ["step"] = step.Number, ["t_s"] = step.Seconds, ["open_circuit_v"] = step.RestVolts, ["from_sample"] = _samples.Count,
                });
                return Text($"step {step.Number} at {step.Seconds:0.###} s, executed step {step.Count}");
            case SampleLine sample:
                _samples.Add(new JsonObject
                {
                    ["t_s"] = sample.Seconds, ["voltage_v"] = sample.Volts, ["current_a"] = sample.Amperes, ["overload"] = sample.Overload,
                });
                return Text($"{sample.Seconds:0.###} s  {Number(sample.Volts, "0.00000")} V  {Number(sample.Amperes, "0.0000e+00")} A{Mark(sample.Overload)}");
            case PointLine point:
                _spectrum.Add(new JsonObject
                {
                    ["n"] = point.Number, ["frequency_hz"] = point.Hertz, ["re_ohm"] = point.RealOhms, ["im_ohm"] = point.ImaginaryOhms, ["overload"] = point.Overload,
                });
                return Text($"{point.Hertz:G5} Hz  {Number(point.RealOhms, "G6")} {Number(point.ImaginaryOhms, "G6")} Ohm{Mark(point.Overload)}");
            case FinishedLine finished:
                _finished = new JsonObject
                {
                    ["reason"] = finished.Reason, ["t_s"] = finished.Seconds, ["cell_off"] = finished.CellIsOff, ["code"] = finished.Code, ["text"] = finished.Text,
                };
                return Text($"{finished.Reason} after {finished.Seconds:0.###} s, cell {(finished.CellIsOff ? "off" : "ON")} {finished.Code} {finished.Text}").TrimEnd();
            default:
                return "started";
        }
    }

    public JsonObject ToJson() => new()
    {
        ["run"] = id, ["steps"] = _steps, ["samples"] = _samples, ["spectrum"] = _spectrum, ["finished"] = _finished,
    };

    private static string Mark(bool overload) => overload ? "  overload" : "";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "no number";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
