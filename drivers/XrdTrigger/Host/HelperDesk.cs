using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Drivers.XrdTrigger.Helper;

namespace CellLab.Drivers.XrdTrigger.Host;

/// <summary>State of a helper over all its connections: what is armed, what exposes, which ids were used. One exposure at a time; an id starts at
/// most one.</summary>
internal sealed class HelperDesk(HelperHostOptions options, Func<ExposureOrder, CancellationToken, Task<ExposureResult>> expose, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _started = new(StringComparer.Ordinal);
    private string _state = "disarmed";
    private string _run = "";
    private string _program = "";
    private string? _last;
    private bool _disarmAfter;
    private CancellationTokenSource? _exposure;

    /// <summary>A line for every client, without its LF.</summary>
    public event Action<string, (string Key, string Value)[]>? Told;

    /// <summary>The exposure that runs or ran last.</summary>
    public Task Exposure { get; private set; } = Task.CompletedTask;

    /// <returns>Word and fields of the answer, without <c>seq</c>.</returns>
    public (string Word, (string Key, string Value)[] Fields) Answer(HelperMessage asked) => asked.Word switch
    {
        "HELLO" => Ok(("proto", "1"), ("instrument", options.Instrument), ("clock", Now())),
        "ARM" => Arm(asked),
        "TRIG" => Trigger(asked),
        "STATUS" => Status(),
        "DISARM" => Disarm(),
        "ABORT" => Abort(),
        _ => Error("SYNTAX", $"unknown command {asked.Word}"),
    };

    public string Now() => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private (string, (string, string)[]) Arm(HelperMessage asked)
    {
        lock (_gate)
        {
            if (_state == "exposing")
            {
                return Error("BUSY", $"exposure {_last} runs");
            }

            (_run, _program, _state, _disarmAfter) = (asked["run"] ?? "", asked["program"] ?? "", "armed", false);
            return Ok(("state", "armed"), ("exposure_s", options.Exposure.TotalSeconds.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private (string, (string, string)[]) Trigger(HelperMessage asked)
    {
        string id = asked["id"] ?? "";
        lock (_gate)
        {
            if (_started.TryGetValue(id, out string? begun))
            {
                return Ok(("state", "exposing"), ("t_start", begun));
            }

            if (!TriggerRequest.IsId(id))
            {
                return Error("BADID", "expected up to 64 letters, digits and '-'");
            }

            if (_state != "armed")
            {
                return _state == "exposing" ? Error("BUSY", $"exposure {_last} runs") : Error(_state == "fault" ? "FAULT" : "NOTARMED", $"state is {_state}");
            }

            string now = Now();
            (_started[id], _last, _state, _exposure) = (now, id, "exposing", new CancellationTokenSource());
            Exposure = ExposeAsync(new ExposureOrder(id, _run, _program, asked["meta"] ?? ""), now, _exposure);
            return Ok(("state", "exposing"), ("t_start", now));
        }
    }

    private (string, (string, string)[]) Status()
    {
        lock (_gate)
        {
            return _last is null ? Ok(("state", _state)) : Ok(("state", _state), ("last", _last));
        }
    }

    private (string, (string, string)[]) Disarm()
    {
        lock (_gate)
        {
            _disarmAfter = _state == "exposing";
            _state = _disarmAfter ? _state : "disarmed";
            return Ok();
        }
    }

    private (string, (string, string)[]) Abort()
    {
        lock (_gate)
        {
            _exposure?.Cancel();
            return Ok();
        }
    }

    private async Task ExposeAsync(ExposureOrder order, string began, CancellationTokenSource end)
    {
        await Task.Yield(); // out of the lock
        Told?.Invoke("EVENT", [("state", "exposing"), ("id", order.Id), ("t", began)]);
        ExposureResult result = await expose(order, end.Token);
        lock (_gate)
        {
            _exposure = null;
            _state = result.Problem is not null ? "fault" : _disarmAfter ? "disarmed" : "armed";
        }

        end.Dispose();
        (string, string)[] fields = result.Problem is string problem
            ? [("state", "fault"), ("code", "FAULT"), ("text", Clean(problem)), ("id", order.Id)]
            : [("state", "done"), ("id", order.Id), ("t_start", began), ("t_end", Now()), ("file", Clean(result.File ?? ""))];
        Told?.Invoke("EVENT", fields);
    }

    /// <summary>A command may print anything; a line of the protocol may not hold it.</summary>
    private static string Clean(string text) => new([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(500)]);

    private static (string, (string, string)[]) Ok(params (string, string)[] fields) => ("OK", fields);

    private static (string, (string, string)[]) Error(string code, string text) => ("ERR", [("code", code), ("text", text)]);
}
