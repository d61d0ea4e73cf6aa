using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>Takes one PyBaMM experiment string apart, in the order in which PyBaMM's <c>step.string</c> does (BSD-3-Clause, 2025):
/// period, termination, duration, instruction. Words are case sensitive and separated by single blanks.</summary>
internal sealed class SentenceParser
{
    private const string Until = " until ";
    private const string For = " for ";
    private const string At = " at ";

    private static readonly string[] Actions = ["Charge", "Discharge", "Hold", "Rest"];

    private PyBammFault? _fault;

    /// <summary>The parts of the sentence, or null and the first thing that is wrong.</summary>
    public static PyBammSentence? Parse(string text, out PyBammFault? fault)
    {
        var parser = new SentenceParser();
        PyBammSentence sentence = parser.Take(text);
        fault = parser._fault;
        return fault is null ? sentence : null;
    }

    private PyBammSentence Take(string text)
    {
        int celsius = text.IndexOf("oC", StringComparison.Ordinal);
        if (celsius >= 0)
        {
            Fail(celsius, "a temperature is not part of a step", "set the temperature at the chamber and leave it out here");
        }

        string rest = TakePeriod(text, out double? period);
        rest = TakeEnd(rest, out PyBammEnd? end);
        rest = TakeDuration(rest, out double? seconds);
        (PyBammAction action, PyBammQuantity? value) = TakeInstruction(rest);
        if (end is null && seconds is null)
        {
            Fail(text.Length, "the step has no end", "add 'for' with a duration, 'until' with a value, or both");
        }

        return new PyBammSentence(text, action, value, seconds, end, period);
    }

    private string TakePeriod(string text, out double? period)
    {
        const string Closing = " period)";
        int open = text.IndexOf(" (", StringComparison.Ordinal);
        if (open < 0)
        {
            period = null;
            return text;
        }

        if (!text.EndsWith(Closing, StringComparison.Ordinal) || text.Length - Closing.Length < open + 2
            || !PyBammDuration.TryParse(text[(open + 2)..^Closing.Length], out double seconds))
        {
            period = null;
            Fail(open + 1, $"'{text[(open + 1)..]}' is no recording interval", "write it last, for example (1 minute period)");
        }
        else
        {
            period = seconds;
        }

        return text[..open];
    }

    private string TakeEnd(string text, out PyBammEnd? end)
    {
        end = null;
        int place = Once(text, Until);
        if (place < 0)
        {
            return text;
        }

        string written = text[(place + Until.Length)..];
        string plain = written.Replace(" ", "", StringComparison.Ordinal);
        char? sign = plain.Length > 0 && plain[0] is '<' or '>' ? plain[0] : null;
        if (!PyBammQuantity.TryParse(sign is null ? plain : plain[1..], out PyBammQuantity value))
        {
            Fail(place + Until.Length, $"'{written}' is no end, expected {PyBammQuantity.Expected}");
        }

        end = new PyBammEnd(sign, value);
        string before = text[..place];
        return before.EndsWith(" or", StringComparison.Ordinal) ? before[..^3] : before;
    }

    private string TakeDuration(string text, out double? seconds)
    {
        seconds = null;
        int place = Once(text, For);
        if (place < 0)
        {
            return text;
        }

        string written = text[(place + For.Length)..];
        if (!PyBammDuration.TryParse(written, out double value))
        {
            Fail(place + For.Length, $"'{written}' is no duration, expected {PyBammDuration.Expected}");
        }

        seconds = value;
        return text[..place];
    }

    private (PyBammAction Action, PyBammQuantity? Value) TakeInstruction(string text)
    {
        string word = text.Split(' ')[0];
        if (!Actions.Contains(word) || !Enum.TryParse(word, out PyBammAction action))
        {
            Fail(0, $"'{word}' is no step, expected {string.Join(", ", Actions)}", HintFor(word));
            return default;
        }

        string after = text[word.Length..];
        if (action == PyBammAction.Rest)
        {
            if (after.Length > 0)
            {
                Fail(word.Length, $"'{after.Trim()}' cannot follow Rest", "a rest has only a duration");
            }

            return (action, null);
        }

        if (!after.StartsWith(At, StringComparison.Ordinal))
        {
            Fail(word.Length, $"'at' must follow {word}", $"for example {word} at {(action == PyBammAction.Hold ? "4.8 V" : "0.1C")}");
            return (action, null);
        }

        string written = after[At.Length..];
        if (!PyBammQuantity.TryParse(written, out PyBammQuantity value))
        {
            Fail(word.Length + At.Length, $"'{written}' is no value, expected {PyBammQuantity.Expected}");
        }

        return (action, value);
    }

    /// <summary>Where the word stands, -1 without it.</summary>
    private int Once(string text, string word)
    {
        int place = text.IndexOf(word, StringComparison.Ordinal);
        int again = place < 0 ? -1 : text.IndexOf(word, place + word.Length - 1, StringComparison.Ordinal);
        if (again >= 0)
        {
            Fail(again + 1, $"'{word.Trim()}' stands twice", "a step has at most one; write two steps");
        }

        return place;
    }

    private static string? HintFor(string word) => word == "Run"
        ? "drive cycles cannot be carried over"
        : NearMiss.Find(word, Actions) is { } meant ? $"did you mean '{meant}'?" : null;

    /// <summary>The first fault counts; what follows it may be its consequence.</summary>
    private void Fail(int offset, string message, string? hint = null) => _fault ??= new PyBammFault(offset, message, hint);
}
