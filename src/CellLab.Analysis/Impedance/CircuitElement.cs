using System.Numerics;

namespace CellLab.Analysis.Impedance;

/// <summary>A part of an equivalent circuit: its impedance and the derivatives by all parameters of the circuit.</summary>
internal abstract class CircuitNode
{
    /// <param name="gradient">One entry a parameter of the whole circuit; entries of other parts stay 0.</param>
    public abstract Complex At(double radians, double[] parameters, Complex[] gradient);
}

internal sealed class SeriesNode(IReadOnlyList<CircuitNode> parts) : CircuitNode
{
    public IReadOnlyList<CircuitNode> Parts => parts;

    public override Complex At(double radians, double[] parameters, Complex[] gradient)
    {
        Complex sum = Complex.Zero;
        foreach (CircuitNode part in parts)
        {
            sum += part.At(radians, parameters, gradient);
        }

        return sum;
    }
}

internal sealed class ParallelNode(IReadOnlyList<CircuitNode> parts) : CircuitNode
{
    public IReadOnlyList<CircuitNode> Parts => parts;

    public override Complex At(double radians, double[] parameters, Complex[] gradient)
    {
        var own = new Complex[parts.Count][];
        var impedances = new Complex[parts.Count];
        Complex admittance = Complex.Zero;
        for (int part = 0; part < parts.Count; part++)
        {
            own[part] = new Complex[gradient.Length];
            impedances[part] = parts[part].At(radians, parameters, own[part]);
            admittance += 1 / impedances[part];
        }

        Complex impedance = 1 / admittance;
        for (int part = 0; part < parts.Count; part++)
        {
            Complex share = impedance / impedances[part];
            for (int parameter = 0; parameter < gradient.Length; parameter++)
            {
                gradient[parameter] += share * share * own[part][parameter];
            }
        }

        return impedance;
    }
}

/// <summary>One element; <paramref name="first"/> is the place of its first parameter.</summary>
internal sealed class ElementNode(ElementKind kind, int first) : CircuitNode
{
    public ElementKind Kind => kind;

    public int First => first;

    public override Complex At(double radians, double[] parameters, Complex[] gradient)
    {
        double value = parameters[first];
        Complex unit = kind switch
        {
            ElementKind.Resistor => Complex.One,
            ElementKind.Inductor => new Complex(0, radians),
            ElementKind.Warburg => new Complex(1, -1) / Math.Sqrt(radians),
            _ => Complex.Zero,
        };
        if (unit != Complex.Zero)
        {
            gradient[first] += unit;
            return unit * value;
        }

        return kind switch
        {
            ElementKind.Capacitor => Capacitor(radians, value, gradient),
            ElementKind.ConstantPhase => ConstantPhase(radians, value, parameters[first + 1], gradient),
            _ => FiniteWarburg(radians, value, parameters[first + 1], gradient),
        };
    }

    private Complex Capacitor(double radians, double farad, Complex[] gradient)
    {
        Complex impedance = new(0, -1 / (radians * farad));
        gradient[first] -= impedance / farad;
        return impedance;
    }

    /// <summary>1/(Q (jw)^n).</summary>
    private Complex ConstantPhase(double radians, double q, double n, Complex[] gradient)
    {
        Complex impedance = Complex.FromPolarCoordinates(Math.Pow(radians, -n) / q, -n * Math.PI / 2);
        gradient[first] -= impedance / q;
        gradient[first + 1] -= impedance * new Complex(Math.Log(radians), Math.PI / 2);
        return impedance;
    }

    /// <summary>Z0 coth(s)/s (open end) or Z0 tanh(s)/s (short end) with s = sqrt(j w tau).</summary>
    private Complex FiniteWarburg(double radians, double z0, double tau, Complex[] gradient)
    {
        Complex s = Complex.Sqrt(new Complex(0, radians * tau));
        Complex tanh = s.Real > 300 ? Complex.One : Complex.Tanh(s);
        bool open = kind == ElementKind.OpenWarburg;
        Complex curve = open ? 1 / (s * tanh) : tanh / s;
        Complex slope = open ? (-1 / (s * s * tanh)) - ((1 / (tanh * tanh) - 1) / s) : (-tanh / (s * s)) + ((1 - (tanh * tanh)) / s);
        gradient[first] += curve;
        gradient[first + 1] += z0 * slope * s / (2 * tau);
        return z0 * curve;
    }
}

internal enum ElementKind { Resistor, Capacitor, Inductor, ConstantPhase, Warburg, OpenWarburg, ShortWarburg }
