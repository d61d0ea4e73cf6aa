using System.Text;
using System.Text.Json;
using CellLab.AutolabBridge.Time;

namespace CellLab.AutolabBridge.Wire;

/// <summary>Lines to one client, in order, written by one thread; <c>alive</c> goes out every second of wall time. May be called from any thread.</summary>
internal sealed class Outbox(Stream stream, Action lost)
{
    /// <summary>A client that does not read so many lines is gone.</summary>
    private const int MostWaiting = 200_000;

    private const double AliveSeconds = 1;

    private readonly Queue<string> _lines = new();
    private readonly object _gate = new();
    private long _sequence;
    private bool _closed;

    public void Answer(int id, Action<Utf8JsonWriter>? members = null) => Add(JsonText.Of(json =>
    {
        json.WriteNumber("id", id);
        json.WriteBoolean("ok", true);
        members?.Invoke(json);
    }));

    public void Refuse(int? id, string code, string message) => Add(JsonText.Of(json =>
    {
        if (id is { } number)
        {
            json.WriteNumber("id", number);
        }
        else
        {
            json.WriteNull("id");
        }

        json.WriteBoolean("ok", false);
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }));

    public void Event(string name, Action<Utf8JsonWriter>? members = null)
    {
        lock (_gate)
        {
            long sequence = ++_sequence;
            Add(JsonText.Of(json =>
            {
                json.WriteString("ev", name);
                json.WriteNumber("seq", sequence);
                members?.Invoke(json);
            }));
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Writes until the outbox is closed and empty, or the client has gone.</summary>
    public void Write()
    {
        try
        {
            double alive = WallTime.Seconds + AliveSeconds;
            while (true)
            {
                bool open = Take(alive, out string? line);
                if (line is not null)
                {
                    Send(line);
                }
                else if (!open)
                {
                    return;
                }

                if (open && WallTime.Seconds >= alive)
                {
                    alive = WallTime.Seconds + AliveSeconds;
                    Event("alive");
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            lost();
        }
    }

    private void Send(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        stream.Write(bytes, 0, bytes.Length);
    }

    /// <summary>The next line, waiting for it until then; false when no more will come.</summary>
    private bool Take(double until, out string? line)
    {
        lock (_gate)
        {
            if (_lines.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate, (int)Math.Max(0, Math.Ceiling((until - WallTime.Seconds) * 1000)));
            }

            line = _lines.Count > 0 ? _lines.Dequeue() : null;
            return !_closed;
        }
    }

    private void Add(string line)
    {
        bool full;
        lock (_gate)
        {
            full = _lines.Count >= MostWaiting;
            if (!_closed && !full)
            {
                _lines.Enqueue(line);
                Monitor.Pulse(_gate);
            }
        }

        if (full)
        {
            lost();
        }
    }
}
