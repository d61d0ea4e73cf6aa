using System.Text.Json;
using CellLab.AutolabBridge.Sdk;
using CellLab.AutolabBridge.Time;
using CellLab.AutolabBridge.Wire;

namespace CellLab.AutolabBridge.Running;

/// <summary>The events of one run.</summary>
internal sealed class RunReport(string run, Outbox client)
{
    private int _points;

    /// <summary>Executed steps so far.</summary>
    public int Count { get; private set; }

    public void Started() => Event("started", json =>
        json.WriteUtc("t0_utc", WallTime.UtcNow));

    /// <param name="restVolts">Potential at open circuit before a spectrum; null otherwise.</param>
    public void Step(StepPlan step, double seconds, double? restVolts)
    {
        Count++;
        Event("step", json =>
        {
            json.WriteNumber("count", Count);
            json.WriteNumber("step", step.Number);
            json.WriteValue("t_s", seconds);
            if (restVolts is { } volts)
            {
                json.WriteValue("e_oc_V", volts);
            }
        });
    }

    public void Sample(Reading reading, double seconds)
    {
        _points++;
        Event("sample", json =>
        {
            json.WriteValue("t_s", seconds);
            Values(json, reading);
            json.WriteBoolean("overload", reading.CurrentOverload || reading.PotentialOverload);
        });
    }

    public void Point(int number, double hertz, FraPoint point, Reading reading)
    {
        _points++;
        Event("eis", json =>
        {
            json.WriteNumber("n", number);
            json.WriteValue("f_Hz", hertz);
            json.WriteValue("zre_ohm", point.Real);
            json.WriteValue("zim_ohm", point.Imaginary);
            Values(json, reading);
            json.WriteBoolean("overload", reading.CurrentOverload || reading.PotentialOverload);
        });
    }

    /// <param name="cellIsOff">Read back.</param>
    public void Finished(string reason, string? code, string? text, double seconds, bool cellIsOff) => Event("finished", json =>
    {
        json.WriteString("reason", reason);
        json.WriteNumber("points", _points);
        json.WriteValue("t_s", seconds);
        json.WriteBoolean("cell_off", cellIsOff);
        if (code is not null)
        {
            json.WriteString("code", code);
        }

        if (text is not null)
        {
            json.WriteString("text", text);
        }
    });

    private static void Values(Utf8JsonWriter json, Reading reading)
    {
        json.WriteValue("e_V", reading.Volts);
        json.WriteValue("i_A", reading.Amperes);
    }

    private void Event(string name, Action<Utf8JsonWriter> members) => client.Event(name, json =>
    {
        json.WriteString("run", run);
        members(json);
    });
}
