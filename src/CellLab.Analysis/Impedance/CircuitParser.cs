using System.Globalization;

namespace CellLab.Analysis.Impedance;

/// <summary>Reads circuit codes. Elements R, C, L, Q or CPE, W, Wo, Ws, with or without a number; <c>-</c> or nothing between parts in series;
/// <c>p(a,b)</c> or <c>(ab)</c> in parallel; <c>[ab]</c> in series within parallel parts: <c>R-(RQ)-(RQ)-W</c>, <c>R0-p(R1,CPE1)-W1</c>, <c>R(Q[RW])</c>.</summary>
internal sealed class CircuitParser(string code)
{
    private static readonly (string Word, ElementKind Kind)[] Words =
    [
        ("CPE", ElementKind.ConstantPhase), ("Wo", ElementKind.OpenWarburg), ("Ws", ElementKind.ShortWarburg), ("R", ElementKind.Resistor),
        ("C", ElementKind.Capacitor), ("L", ElementKind.Inductor), ("Q", ElementKind.ConstantPhase), ("W", ElementKind.Warburg),
    ];

    private readonly string _text = string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));
    private readonly List<string> _names = [];
    private readonly List<bool> _exponents = [];
    private int _at;
    private int _depth;
    private int _freeR = -1, _freeQ, _freeC, _freeL, _freeW;

    public Circuit Parse()
    {
        CircuitNode root = Series(parallel: false);
        if (_at < _text.Length || _names.Count == 0)
        {
            throw Broken(_names.Count == 0 ? "no element" : $"'{_text[_at]}' was not expected");
        }

        if (_names.FirstOrDefault(name => _names.Count(other => other == name) > 1) is { } twice)
        {
            throw Broken($"the parameter {twice} comes twice; number the elements");
        }

        return new Circuit(code, root, _names, _exponents);
    }

    /// <summary>Parts joined by <c>-</c>; outside of parentheses also parts side by side.</summary>
    private CircuitNode Series(bool parallel)
    {
        var parts = new List<CircuitNode> { Part() };
        while (_at < _text.Length && _text[_at] is not (')' or ']' or ','))
        {
            if (_text[_at] == '-')
            {
                _at++;
            }
            else if (parallel)
            {
                break;
            }

            parts.Add(Part());
        }

        return parts.Count == 1 ? parts[0] : new SeriesNode(parts);
    }

    private CircuitNode Part()
    {
        if (_at >= _text.Length)
        {
            throw Broken("it ends where an element was expected");
        }

        if (_text[_at] == 'p' && _at + 1 < _text.Length && _text[_at + 1] == '(')
        {
            _at++;
        }

        return _text[_at] switch
        {
            '(' => Parallel(),
            '[' => Bracket(),
            _ => Element(),
        };
    }

    private ParallelNode Parallel()
    {
        Enter();
        var parts = new List<CircuitNode>();
        while (_at < _text.Length && _text[_at] != ')')
        {
            bool commas = CommaAhead();
            parts.Add(Series(parallel: !commas));
            if (_at < _text.Length && _text[_at] == ',')
            {
                _at++;
            }
        }

        Leave(')');
        return parts.Count >= 2 ? new ParallelNode(parts) : throw Broken("parallel parts need at least two");
    }

    private CircuitNode Bracket()
    {
        Enter();
        CircuitNode inner = Series(parallel: false);
        Leave(']');
        return inner;
    }

    /// <summary>The parentheses that are open now hold a comma at their own level.</summary>
    private bool CommaAhead()
    {
        int depth = 0;
        for (int at = OpenedAt(); at < _text.Length; at++)
        {
            depth += _text[at] is '(' or '[' ? 1 : _text[at] is ')' or ']' ? -1 : 0;
            if (depth == 0)
            {
                return false;
            }

            if (depth == 1 && _text[at] == ',')
            {
                return true;
            }
        }

        return false;
    }

    private int OpenedAt()
    {
        int depth = 0;
        for (int at = _at - 1; at >= 0; at--)
        {
            depth += _text[at] is ')' or ']' ? 1 : _text[at] is '(' or '[' ? -1 : 0;
            if (depth < 0)
            {
                return at;
            }
        }

        return 0;
    }

    private void Enter()
    {
        _at++;
        if (++_depth > 20)
        {
            throw Broken("more than 20 levels");
        }
    }

    private void Leave(char closing)
    {
        if (_at >= _text.Length || _text[_at] != closing)
        {
            throw Broken($"'{closing}' is missing");
        }

        _at++;
        _depth--;
    }

    private ElementNode Element()
    {
        foreach ((string word, ElementKind kind) in Words)
        {
            if (!_text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal))
            {
                continue;
            }

            _at += word.Length;
            int first = _at;
            while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '_'))
            {
                _at++;
            }

            var node = new ElementNode(kind, _names.Count);
            Name(word, kind, _text[first.._at].Trim('_'));
            return node;
        }

        throw Broken($"'{_text[_at]}' is no element; known are R, C, L, Q or CPE, W, Wo, Ws");
    }

    private void Name(string word, ElementKind kind, string number)
    {
        string given = number.Length > 0 ? number : Free(kind);
        switch (kind)
        {
            case ElementKind.ConstantPhase when word == "Q":
                Add($"Q{given}", false);
                Add($"n{given}", true);
                break;
            case ElementKind.ConstantPhase or ElementKind.OpenWarburg or ElementKind.ShortWarburg:
                Add($"{word}{given}_0", false);
                Add($"{word}{given}_1", kind == ElementKind.ConstantPhase);
                break;
            case ElementKind.Warburg:
                Add(number.Length > 0 ? $"W{number}" : _freeW++ == 0 ? "sigma" : string.Create(CultureInfo.InvariantCulture, $"sigma{_freeW}"), false);
                break;
            default:
                Add($"{word}{given}", false);
                break;
        }
    }

    /// <summary>Numbers for elements without one: the first series resistance is R0, everything else counts from 1.</summary>
    private string Free(ElementKind kind)
    {
        int number = kind switch
        {
            ElementKind.Resistor => _freeR < 0 && _depth > 0 ? _freeR = 1 : ++_freeR,
            ElementKind.Capacitor => ++_freeC,
            ElementKind.Inductor => ++_freeL,
            ElementKind.Warburg => 0,
            _ => ++_freeQ,
        };
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private void Add(string name, bool exponent)
    {
        _names.Add(name);
        _exponents.Add(exponent);
    }

    private FormatException Broken(string what) => new($"circuit '{code}': {what}; write for example R-(RQ)-(RQ)-W");
}
