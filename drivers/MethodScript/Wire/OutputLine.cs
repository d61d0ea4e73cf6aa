namespace CellLab.Drivers.MethodScript.Wire;

/// <summary>One line from the instrument: a reply to a command, or a part of a running script's output.</summary>
internal abstract record OutputLine;

/// <summary>A data package.</summary>
internal sealed record PackageLine(IReadOnlyList<PackageVariable> Variables) : OutputLine
{
    /// <summary>The first value of one of these variable types; null when there is none or it is not a number.</summary>
    public double? ValueOf(params ReadOnlySpan<string> types)
    {
        foreach (PackageVariable variable in Variables)
        {
            if (types.Contains(variable.Type))
            {
                return variable.Value;
            }
        }

        return null;
    }

    public PackageStatus Status => Variables.Aggregate(PackageStatus.None, (all, v) => all | (v.Status ?? PackageStatus.None));
}

/// <summary>A measurement loop begins, <paramref name="Technique"/> as numbered by the maker.</summary>
internal sealed record LoopBeginLine(int Technique) : OutputLine;

internal sealed record LoopEndLine : OutputLine;

/// <summary>One scan of a voltammogram with several begins.</summary>
internal sealed record ScanBeginLine(int Number) : OutputLine;

internal sealed record ScanEndLine : OutputLine;

/// <summary>A counting loop of the script begins.</summary>
internal sealed record ScriptLoopBeginLine : OutputLine;

internal sealed record ScriptLoopEndLine : OutputLine;

internal sealed record TextLine(string Text) : OutputLine;

internal sealed record ErrorLine(InstrumentError Error) : OutputLine;

/// <summary>The empty line after a script.</summary>
internal sealed record ScriptEndLine : OutputLine;

/// <summary>The echo of a command's first letter, with what follows it.</summary>
internal sealed record ReplyLine(char Letter, string Content) : OutputLine;

/// <summary>Begins with a sign that this family is not known to send: to be logged and skipped.</summary>
internal sealed record UnknownLine(string Text) : OutputLine;
