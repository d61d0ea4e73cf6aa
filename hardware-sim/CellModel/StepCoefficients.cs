using System.Runtime.CompilerServices;

namespace CellLab.CellModel;

/// <summary>Decay factors of the linear states for one step length and one diffusion time; exact for constant current over the step.</summary>
internal sealed class StepCoefficients(CellParameters parameters, double diffusionTolerance)
{
    private readonly double[] _lambda = [.. parameters.Ladder.Lambda];
    private readonly double[] _weight = [.. parameters.Ladder.Weight];
    private double _seconds = double.NaN;
    private double _diffusionSeconds;

    /// <summary>exp(-lambda/tau dt) for each pole.</summary>
    public LadderState Decay;

    /// <summary>(1 - decay) tau/lambda for each pole: what unit drive adds.</summary>
    public LadderState Gain;

    public double SlowDecay { get; private set; }

    public double SlowGain { get; private set; }

    /// <summary>sum w_k gain_k: the surface's answer to unit drive.</summary>
    public double LadderResponse { get; private set; }

    public double CellLagDecay { get; private set; }

    public double LineLagDecay { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(double seconds, double diffusionSeconds)
    {
        if (seconds != _seconds)
        {
            SetLength(seconds, diffusionSeconds);
        }
        else if (Math.Abs(diffusionSeconds - _diffusionSeconds) > diffusionTolerance * _diffusionSeconds)
        {
            SetLadder(diffusionSeconds);
        }
    }

    private void SetLength(double seconds, double diffusionSeconds)
    {
        _seconds = seconds;
        double slowSeconds = parameters.SlowSeconds * (1 - parameters.SlowShare);
        SlowDecay = Math.Exp(-seconds / slowSeconds);
        SlowGain = slowSeconds * (1 - SlowDecay);
        CellLagDecay = Math.Exp(-seconds / parameters.CellLagSeconds);
        LineLagDecay = Math.Exp(-seconds / parameters.LineLagSeconds);
        SetLadder(diffusionSeconds);
    }

    private void SetLadder(double diffusionSeconds)
    {
        _diffusionSeconds = diffusionSeconds;
        double response = 0;
        for (int k = 0; k < LadderState.Length; k++)
        {
            double rate = _lambda[k] / diffusionSeconds;
            Decay[k] = Math.Exp(-rate * _seconds);
            Gain[k] = (1 - Decay[k]) / rate;
            response += _weight[k] * Gain[k];
        }

        LadderResponse = response;
    }
}
