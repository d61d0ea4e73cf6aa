namespace CellLab.HardwareSim.MethodScript.Language;

/// <summary>Reads a script as the instrument does at load: everything is checked, nothing is done.</summary>
internal sealed class ScriptParser
{
    private readonly List<List<Word>> _lines;
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private int _at;
    private bool _measuring;

    private ScriptParser(IReadOnlyList<string> lines) => _lines = [.. lines.Select(Words.Of)];

    /// <exception cref="ScriptFault">The first thing that is wrong, with its place.</exception>
    public static Script Parse(IReadOnlyList<string> lines)
    {
        var parser = new ScriptParser(lines);
        List<Statement> main = parser.Block("on_finished:");
        List<Statement> finished = [];
        if (parser.Next is not null)
        {
            parser._at++;
            finished = parser.Block();
        }

        return parser.Next is { } more ? throw Fault(FaultCode.Nesting, more[0]) : new Script([.. parser._variables], main, finished);
    }

    /// <summary>The next line with words on it; null at the end.</summary>
    private List<Word>? Next
    {
        get
        {
            while (_at < _lines.Count && _lines[_at].Count == 0)
            {
                _at++;
            }

            return _at < _lines.Count ? _lines[_at] : null;
        }
    }

    /// <summary>Statements up to one of these words, which stays; at the top level also up to the end.</summary>
    private List<Statement> Block(params ReadOnlySpan<string> ends)
    {
        bool top = ends.Length == 0 || ends[0] == "on_finished:";
        var statements = new List<Statement>();
        while (Next is { } line)
        {
            if (ends.Contains(line[0].Text))
            {
                return statements;
            }

            _at++;
            if (Read(line) is { } statement)
            {
                statements.Add(statement);
            }
        }

        return top ? statements : throw new ScriptFault(FaultCode.EndedUnexpectedly, Math.Max(1, _lines.Count), 1);
    }

    private Statement? Read(List<Word> line)
    {
        Word word = line[0];
        switch (word.Text)
        {
            case "var":
                Declare(line);
                return null;
            case "if":
                return ReadChoice(line);
            case "loop":
                return ReadRepetition(line);
            case "elseif" or "else" or "endif" or "endloop" or "on_finished:":
                throw Fault(FaultCode.Nesting, word);
        }

        if (Signatures.OfMeasurement(word.Text) is { } measurement)
        {
            return ReadMeasurement(line, measurement);
        }

        string signature = Signatures.OfCommand(word.Text) ?? throw Fault(FaultCode.UnknownScriptCommand, word);
        if (_measuring && (word.Text is "set_e" or "set_i"))
        {
            throw Fault(word.Text == "set_e" ? FaultCode.PotentialInLoop : FaultCode.CurrentInLoop, word);
        }

        return new Command(word.Text, Arguments(line, signature), word.Line);
    }

    private void Declare(List<Word> line)
    {
        Word name = line.Count > 1 ? line[1] : throw Fault(FaultCode.BadArgument, line[0]);
        if (line.Count > 2)
        {
            throw Fault(FaultCode.TooMany, line[2]);
        }

        bool good = char.IsAsciiLetterLower(name.Text[0]) && name.Text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
        if (!good)
        {
            throw Fault(FaultCode.BadName, name);
        }

        if (!_variables.Add(name.Text))
        {
            throw Fault(FaultCode.DeclaredTwice, name);
        }
    }

    private Choice ReadChoice(List<Word> line)
    {
        var branches = new List<(Condition?, IReadOnlyList<Statement>)>();
        Condition? condition = ReadCondition(line);
        while (true)
        {
            branches.Add((condition, Block("elseif", "else", "endif")));
            List<Word> next = Next!;
            _at++;
            if (next[0].Text == "endif")
            {
                return new Choice(branches, line[0].Line);
            }

            if (condition is null)
            {
                throw Fault(FaultCode.Nesting, next[0]); // something after else
            }

            condition = next[0].Text == "else" ? null : ReadCondition(next);
        }
    }

    private Repetition ReadRepetition(List<Word> line)
    {
        Condition condition = ReadCondition(line);
        List<Statement> body = Block("endloop");
        _at++;
        return new Repetition(condition, body, line[0].Line);
    }

    private Measurement ReadMeasurement(List<Word> line, string signature)
    {
        if (_measuring)
        {
            throw Fault(FaultCode.NestedMeasurement, line[0]);
        }

        int scans = Words.TakeScans(line);
        List<Operand> arguments = Arguments(line, signature);
        _measuring = true;
        List<Statement> body = Block("endloop");
        _at++;
        _measuring = false;
        return new Measurement(line[0].Text, arguments, scans, body, line[0].Line);
    }

    private Condition ReadCondition(List<Word> line)
    {
        if (line.Count < 4)
        {
            throw Fault(FaultCode.BadArgument, line[^1]);
        }

        string sign = line[2].Text is "==" or "!=" or "<" or "<=" or ">" or ">=" ? line[2].Text : throw Fault(FaultCode.UnexpectedCharacter, line[2]);
        return line.Count > 4 ? throw Fault(FaultCode.TooMany, line[4]) : new Condition(Argument(line[1], 'n'), sign, Argument(line[3], 'n'));
    }

    private List<Operand> Arguments(List<Word> line, string signature)
    {
        if (line.Count - 1 < signature.Length)
        {
            throw Fault(FaultCode.BadArgument, line[^1]);
        }

        if (line.Count - 1 > signature.Length)
        {
            throw Fault(FaultCode.TooMany, line[signature.Length + 1]);
        }

        return [.. signature.Select((kind, i) => Argument(line[i + 1], kind))];
    }

    private Operand Argument(Word word, char kind)
    {
        switch (kind)
        {
            case 't' when word.Text.Length != 2 || !word.Text.All(char.IsAsciiLetterLower):
                throw Fault(FaultCode.WrongType, word);
            case 't':
                return new Operand(word, null, default);
            case 's':
                return word.Text.StartsWith('"') ? new Operand(word, null, default) : throw Fault(FaultCode.UnexpectedCharacter, word);
        }

        if (char.IsAsciiLetterLower(word.Text[0]))
        {
            return _variables.Contains(word.Text) ? new Operand(word, word.Text, default) : throw Fault(FaultCode.NotDeclared, word);
        }

        return kind == 'n' && ScriptValue.TryLiteral(word.Text) is { } literal ? new Operand(word, null, literal) : throw Fault(FaultCode.UnexpectedCharacter, word);
    }

    private static ScriptFault Fault(int code, Word word) => new(code, word.Line, word.Column);
}
