namespace CellLab.Core.Protocols.PyBamm;

internal enum PyBammAction { Rest, Charge, Discharge, Hold }

/// <summary>One sentence taken apart. Signs are as written: PyBaMM's own rule (discharge positive) is applied by <see cref="StepMapping"/>.</summary>
internal sealed record PyBammSentence(
    string Text, PyBammAction Action, PyBammQuantity? Value, double? Seconds, PyBammEnd? End, double? PeriodSeconds);

/// <summary>What follows <c>until</c>. <paramref name="Operator"/> is <c>&lt;</c>, <c>&gt;</c>, or null for the natural direction.</summary>
internal sealed record PyBammEnd(char? Operator, PyBammQuantity Value);

/// <summary>Why a sentence is not one; <paramref name="Offset"/> counts characters from its start, from 0.</summary>
internal sealed record PyBammFault(int Offset, string Message, string? Hint);
