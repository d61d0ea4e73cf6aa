namespace CellLab.CellModel;

/// <summary>How much each of the five open-circuit curves counts: <c>(1-a) P + a [(1+h)/2 C + (1-h)/2 D]</c> with C and D between fresh
/// and faded by phi.</summary>
public readonly struct BranchWeights
{
    public BranchWeights(double activation, double hysteresis, double fade)
    {
        double charge = activation * (1 + hysteresis) * 0.5;
        double discharge = activation * (1 - hysteresis) * 0.5;
        Pristine = 1 - activation;
        ChargeFresh = charge * (1 - fade);
        ChargeFaded = charge * fade;
        DischargeFresh = discharge * (1 - fade);
        DischargeFaded = discharge * fade;
    }

    public double Pristine { get; }

    public double ChargeFresh { get; }

    public double ChargeFaded { get; }

    public double DischargeFresh { get; }

    public double DischargeFaded { get; }
}
