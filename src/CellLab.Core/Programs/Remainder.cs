namespace CellLab.Core.Programs;

/// <summary>What is left of a program that was cut: a program of its own, whose n-th executed step is place <paramref name="FirstPlace"/> + n - 1 of the
/// cut one. Block and pass of a record are those of the cut program at that place.</summary>
/// <param name="StepNumbers">For step k of the remainder, at index k - 1, its number in the cut program.</param>
public sealed record Remainder(CellProgram Program, long FirstPlace, IReadOnlyList<int> StepNumbers);

/// <summary>How far a program had come: the step at <paramref name="Place"/> (from 0, <see cref="ProgramWalk.Place"/>) ran for so long and moved so much.</summary>
/// <param name="AmpereHours">Either sign.</param>
public readonly record struct ReachedPlace(long Place, double Seconds, double AmpereHours);
