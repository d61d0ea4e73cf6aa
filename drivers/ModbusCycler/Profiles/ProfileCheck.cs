using System.Text.Json;

namespace CellLab.Drivers.ModbusCycler.Profiles;

/// <summary>What a schema cannot say about a map.</summary>
internal static class ProfileCheck
{
    public static IEnumerable<string> Errors(ModbusProfile profile)
    {
        if (profile.Composite is not null)
        {
            return profile.Points.Count == 0 && profile.Measure is null ? [] : ["a composite has no points of its own"];
        }

        if (!profile.Confirmed && profile.Points.Count == 0)
        {
            return [$"the register map has to be obtained from the maker and filled in ({profile.MapSource})"];
        }

        return Missing(profile).Concat(WrongPoints(profile)).Concat(WrongReferences(profile)).Concat(WrongSteps(profile));
    }

    private static IEnumerable<string> Missing(ModbusProfile profile)
    {
        if (profile.Transport is null || profile.Measure is null || profile.Ranges is null)
        {
            yield return "transport, measure and ranges are needed";
        }

        if (profile.Sequences.Off.Count == 0)
        {
            yield return "sequences.off is missing: an output that cannot be switched off must not be used";
        }

        if ((profile.Sources && profile.Sequences.Charge is null) || (profile.Sinks && profile.Sequences.Discharge is null))
        {
            yield return $"role {profile.Role} needs sequences.{(profile.Sources && profile.Sequences.Charge is null ? "charge" : "discharge")}";
        }
    }

    private static IEnumerable<string> WrongPoints(ModbusProfile profile)
    {
        foreach ((string name, ProfilePoint point) in profile.Points)
        {
            if ((point.Type == PointType.Bit) != point.IsBit)
            {
                yield return $"points.{name}: type bit goes with the tables coil and discrete, and no other";
            }

            if (point.Write is int function && (function is 5 or 15) != point.IsBit)
            {
                yield return $"points.{name}: function {function} does not write this table";
            }

            if (point.Write is 6 && point.Length > 1)
            {
                yield return $"points.{name}: function 6 writes one register, this value has {point.Length}";
            }

            if (point.FullScale is not null && (point.Nominal is null || !profile.Points.ContainsKey(point.Nominal)))
            {
                yield return $"points.{name}: full_scale needs nominal, the name of a point";
            }
        }
    }

    private static IEnumerable<string> WrongReferences(ModbusProfile profile)
    {
        IEnumerable<(string Where, string? Point)> references =
        [
            ("identity.model", profile.Identity.Model), ("identity.serial", profile.Identity.Serial), ("identity.firmware", profile.Identity.Firmware),
            ("model_check.point", profile.ModelCheck?.Point), ("measure.voltage", profile.Measure?.Voltage), ("measure.current", profile.Measure?.Current),
            ("measure.output", profile.Measure?.Output.Point), ("measure.sign", profile.Measure?.Sign.Point), ("watchdog.point", profile.Watchdog?.Point),
            ("ranges.max_volts", Word(profile.Ranges?.MaxVolts)), ("ranges.max_amperes", Word(profile.Ranges?.MaxAmperes)),
            ("ranges.resolution_of", profile.Ranges?.ResolutionOf),
            .. (profile.Measure?.Alarms ?? []).Select(a => ("measure.alarms", (string?)a.Point)),
        ];
        return references.Where(r => r.Point is not null && !profile.Points.ContainsKey(r.Point)).Select(r => $"{r.Where}: there is no point '{r.Point}'");
    }

    private static IEnumerable<string> WrongSteps(ModbusProfile profile)
    {
        foreach ((string name, IReadOnlyList<ProfileStep> steps) in profile.Sequences.All)
        {
            for (int i = 0; i < steps.Count; i++)
            {
                if (Wrong(profile, steps[i]) is string wrong)
                {
                    yield return $"sequences.{name}[{i}]: {wrong}";
                }
            }
        }
    }

    private static string? Wrong(ModbusProfile profile, ProfileStep step)
    {
        string? point = step.Set ?? step.Expect?.Point;
        if (point is null || !profile.Points.TryGetValue(point, out ProfilePoint? known))
        {
            return $"there is no point '{point}'";
        }

        if (step.Set is not null && known.Write is null)
        {
            return $"point {point} says no function that writes it";
        }

        if (step.To is null == step.Raw is null)
        {
            return "expected either to or raw";
        }

        return step.Symbol is string symbol && !StepValues.Names.Contains(symbol)
            ? $"'{symbol}' is none of {string.Join(", ", StepValues.Names)}"
            : null;
    }

    private static string? Word(JsonElement? element) => element is { ValueKind: JsonValueKind.String } word ? word.GetString() : null;
}
