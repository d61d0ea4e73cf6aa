using System.Numerics;

namespace CellLab.Analysis.Impedance;

/// <summary>An equivalent circuit with named parameters.</summary>
public sealed class Circuit
{
    internal Circuit(string code, CircuitNode root, IReadOnlyList<string> names, IReadOnlyList<bool> exponents)
    {
        Code = code;
        Root = root;
        Names = names;
        Exponents = exponents;
    }

    public string Code { get; }

    public IReadOnlyList<string> Names { get; }

    internal CircuitNode Root { get; }

    /// <summary>Parameters that are exponents (n of a constant phase element) rather than positive quantities without limit.</summary>
    internal IReadOnlyList<bool> Exponents { get; }

    /// <exception cref="FormatException">The code cannot be read; the message says where.</exception>
    public static Circuit Parse(string code) => new CircuitParser(code).Parse();

    public Complex At(double hertz, double[] parameters) => Root.At(2 * Math.PI * hertz, parameters, new Complex[parameters.Length]);
}
