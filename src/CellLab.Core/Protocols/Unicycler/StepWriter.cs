using System.Text.Json;

namespace CellLab.Core.Protocols.Unicycler;

/// <summary>Writes one entry of <c>method</c>.</summary>
internal static class StepWriter
{
    public static void Write(Utf8JsonWriter json, ProtocolStep step)
    {
        json.WriteStartObject();
        json.WriteString("step", step.Kind);
        if (step.Id is not null)
        {
            json.WriteString("id", step.Id);
        }

        foreach ((string name, double? value) in NumbersOf(step))
        {
            UnicyclerWriter.Number(json, name, value);
        }

        WriteOthers(json, step);
        json.WriteEndObject();
    }

    private static (string Name, double? Value)[] NumbersOf(ProtocolStep step) => step switch
    {
        OpenCircuitStep rest => [("until_time_s", rest.DurationSeconds)],
        ConstantCurrentStep current =>
        [
            ("rate_C", current.RateC), ("current_mA", current.CurrentAmperes / UnicyclerWords.Milli),
            ("until_time_s", current.UntilSeconds), ("until_voltage_V", current.UntilVolts),
        ],
        ConstantVoltageStep hold =>
        [
            ("voltage_V", hold.Volts), ("until_time_s", hold.UntilSeconds), ("until_rate_C", hold.UntilRateC),
            ("until_current_mA", hold.UntilAmperes / UnicyclerWords.Milli),
        ],
        VoltageScanStep scan =>
        [
            ("start_voltage_V", scan.StartVolts), ("end_voltage_V", scan.EndVolts),
            ("scan_rate_mV_per_s", scan.VoltsPerSecond / UnicyclerWords.Milli),
        ],
        ImpedanceStep spectrum =>
        [
            ("amplitude_V", spectrum.AmplitudeVolts), ("amplitude_mA", spectrum.AmplitudeAmperes / UnicyclerWords.Milli),
            ("start_frequency_Hz", spectrum.StartHertz), ("end_frequency_Hz", spectrum.EndHertz),
            ("points_per_decade", spectrum.PointsPerDecade), ("measures_per_point", spectrum.MeasuresPerPoint),
        ],
        _ => [],
    };

    private static void WriteOthers(Utf8JsonWriter json, ProtocolStep step)
    {
        switch (step)
        {
            case ImpedanceStep spectrum:
                json.WriteBoolean("drift_correction", spectrum.DriftCorrection);
                break;
            case TagMark mark:
                json.WriteString("tag", mark.Tag);
                break;
            case LoopBack { TargetTag: { } tag } loop:
                json.WriteString("loop_to", tag);
                json.WriteNumber("cycle_count", loop.Passes);
                break;
            case LoopBack loop:
                json.WriteNumber("loop_to", loop.TargetEntry);
                json.WriteNumber("cycle_count", loop.Passes);
                break;
        }
    }
}
