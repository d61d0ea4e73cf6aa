using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Columns of the Battery Data Format (ontology 1.3.0) by preferred label and machine name, deprecated names among them.
/// Counters are taken since the test began where the file has them, else since the step, the cycle, or where the schedule set them.</summary>
internal static class BdfColumns
{
    private static readonly ColumnRule[] Common =
    [
        new(Quantity.TestSeconds, Dimension.Seconds, "testtime", "testtimesecond"),
        new(Quantity.TestSeconds, Dimension.Number, 1e-3, "testtimemillisecond"),
        new(Quantity.UnixSeconds, Dimension.Seconds, "unixtime", "unixtimesecond"),
        new(Quantity.UnixSeconds, Dimension.Number, 1e-3, "unixtimemillisecond"),
        new(Quantity.StepSeconds, Dimension.Seconds, "steptime", "steptimesecond"),
        new(Quantity.Volts, Dimension.Volts, "voltage", "voltagevolt"),
        new(Quantity.Amperes, Dimension.Amperes, "current", "currentampere"),
        new(Quantity.Cycle, Dimension.Number, "cyclecount"),
        new(Quantity.InstrumentCycle, Dimension.Number, "instrumentcycle"),
        new(Quantity.StepCount, Dimension.Number, "stepcount"),
        new(Quantity.StepId, Dimension.Number, "stepid"),
        new(Quantity.StepRecord, Dimension.Number, "steprecordindex", "stepindex"),
        new(Quantity.RecordNumber, Dimension.Number, "recordindex"),
        new(Quantity.Hertz, Dimension.Hertz, "frequency", "frequencyhertz"),
        new(Quantity.RealOhm, Dimension.Ohms, "realimpedance", "realimpedanceohm"),
        new(Quantity.ImaginaryOhm, Dimension.Ohms, "imaginaryimpedance", "imaginaryimpedanceohm"),
        new(Quantity.ModulusOhm, Dimension.Ohms, "absoluteimpedance", "absoluteimpedanceohm"),
        new(Quantity.PhaseDegrees, Dimension.Degrees, "phase", "phasedegree"),
    ];

    public static string[] StepTypeKeys { get; } = ["steptype"];

    /// <summary>The rules for a file with these headers, and where its counters begin anew.</summary>
    public static (IReadOnlyList<ColumnRule> Rules, CounterScope Scope) For(IEnumerable<HeaderName> names)
    {
        HashSet<string> keys = [.. names.Select(name => name.Key)];
        bool Has(string key) => keys.Contains(key) || keys.Contains(key + "ah");
        (string prefix, CounterScope scope) = Has("chargingcapacity") || Has("cumulativecapacity") ? ("", CounterScope.Test)
            : Has("stepchargingcapacity") || Has("stepcumulativecapacity") || Has("stepcapacity") ? ("step", CounterScope.Step)
            : Has("cyclechargingcapacity") || Has("cyclecumulativecapacity") ? ("cycle", CounterScope.Cycle)
            : Has("schedulechargingcapacity") ? ("schedule", CounterScope.Schedule)
            : ("", CounterScope.Test);
        return ([.. Common, .. Counters(prefix)], scope);
    }

    private static IEnumerable<ColumnRule> Counters(string prefix)
    {
        yield return new(Quantity.ChargeAh, Dimension.AmpereHours, prefix + "chargingcapacity", prefix + "chargingcapacityah");
        yield return new(Quantity.DischargeAh, Dimension.AmpereHours, prefix + "dischargingcapacity", prefix + "dischargingcapacityah");
        yield return new(Quantity.ChargeWh, Dimension.WattHours, prefix + "chargingenergy", prefix + "chargingenergywh");
        yield return new(Quantity.DischargeWh, Dimension.WattHours, prefix + "dischargingenergy", prefix + "dischargingenergywh");
        yield return new(Quantity.CumulativeAh, Dimension.AmpereHours, prefix + "cumulativecapacity", prefix + "cumulativecapacityah");
        yield return new(Quantity.CumulativeWh, Dimension.WattHours, prefix + "cumulativeenergy", prefix + "cumulativeenergywh");
        yield return new(Quantity.NetAh, Dimension.AmpereHours, prefix + "netcapacity", prefix + "netcapacityah");
        yield return new(Quantity.NetWh, Dimension.WattHours, prefix + "netenergy", prefix + "netenergywh");
        if (prefix.Length > 0)
        {
            yield return new(Quantity.Ah, Dimension.AmpereHours, prefix + "capacity", prefix + "capacityah");
            yield return new(Quantity.Wh, Dimension.WattHours, prefix + "energy", prefix + "energywh");
        }
    }
}
