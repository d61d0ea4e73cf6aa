namespace CellLab.CellModel;

/// <summary>Everything that one simulated cell remembers. A plain value: copying it is how a trial step is undone.
/// Start it with <see cref="Fresh"/>; default(CellState) is not a cell.</summary>
public struct CellState
{
    /// <summary>Mean fraction of the host's lithium removed: 0 at 2.0 V, 1 at 4.8 V at equilibrium.</summary>
    public double MeanDelithiation { get; set; }

    /// <summary>Lag of the slow domain, z_fast - z_slow.</summary>
    public double SlowLag { get; set; }

    internal LadderState Ladder;

    /// <summary>-1 on the discharge branch to +1 on the charge branch.</summary>
    public double Hysteresis { get; set; }

    public double ChargeTransferVolts { get; set; }

    /// <summary>Activated part of Li2MnO3, 0 to 1, during the first charge.</summary>
    public double Activation { get; set; }

    /// <summary>Throughput in equivalent full cycles.</summary>
    public double EquivalentCycles { get; set; }

    /// <summary>Lost fraction of the host.</summary>
    public double LostFraction { get; set; }

    /// <summary>Weight of the faded curves in the open-circuit voltage.</summary>
    public double VoltageFade { get; set; }

    /// <summary>Set free so far, umol per mg of active material.</summary>
    public double OxygenMicromolPerMilligram { get; set; }

    /// <summary>The same after the cell's transport lag.</summary>
    public double OxygenLeftCell { get; set; }

    /// <summary>The same after the line's transport lag: what the spectrometer has seen.</summary>
    public double OxygenAtSpectrometer { get; set; }

    /// <summary>Carbon dioxide set free so far, umol/mg.</summary>
    public double CarbonDioxideMicromolPerMilligram { get; set; }

    public double CarbonDioxideLeftCell { get; set; }

    public double CarbonDioxideAtSpectrometer { get; set; }

    /// <summary>Terminal voltage at the end of the last step.</summary>
    public double Volts { get; set; }

    /// <summary>Surface value that the voltage sees, at the end of the last step.</summary>
    public double SurfaceDelithiation { get; set; }

    /// <summary>A cell as assembled: open-circuit voltage 3.10 V, never charged.</summary>
    public static CellState Fresh(CellParameters parameters)
    {
        var state = new CellState
        {
            MeanDelithiation = parameters.InitialDelithiation,
            SurfaceDelithiation = parameters.InitialDelithiation,
            Hysteresis = 1.0,
        };
        state.Volts = parameters.OpenCircuit.Volts(
            state.SurfaceDelithiation, new BranchWeights(state.Activation, state.Hysteresis, state.VoltageFade));
        return state;
    }
}
