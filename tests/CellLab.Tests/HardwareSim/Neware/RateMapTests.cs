using CellLab.CellModel;
using CellLab.HardwareSim.Neware.Running;

namespace CellLab.Tests.HardwareSim.Neware;

public sealed class RateMapTests
{
    [Theory]
    [InlineData("LMNO")]
    [InlineData("LMNPO-VO")]
    public void The_tester_with_its_errors_meets_the_models_rate_map(string material)
    {
        IReadOnlyList<ExpectedRate> rates = ExpectedRate.InSequence(material);
        LoneTest t = new LoneTest(StepFiles.Program([.. Steps(rates)]), material, exact: false, seed: 11).ToEnd();
        Assert.Equal(RunState.Finish, t.Run.State);
        for (int i = 0; i < rates.Count; i++)
        {
            ExecutedStep charge = t.Test.Steps[2 + (i * 6) + 4];
            ExecutedStep discharge = t.Test.Steps[2 + (i * 6) + 5];
            Near(rates[i].ChargeMilliampereHoursPerGram, charge.AmpereHours * 1e6 / 2, rates[i].CRate);
            Near(rates[i].DischargeMilliampereHoursPerGram, discharge.AmpereHours * 1e6 / 2, rates[i].CRate);
            Assert.Equal(rates[i].MeanDischargeVolts, discharge.WattHours / discharge.AmpereHours, 0.01);
        }
    }

    private static IEnumerable<string> Steps(IReadOnlyList<ExpectedRate> rates)
    {
        yield return StepFiles.Charge(0.05, 4.8);
        yield return StepFiles.Discharge(0.05, 2);
        int step = 3;
        foreach (ExpectedRate rate in rates)
        {
            yield return StepFiles.Charge(0.5 * rate.CRate, 4.8);
            yield return StepFiles.Discharge(0.5 * rate.CRate, 2);
            yield return StepFiles.Loop(step, 3);
            step += 3;
        }

        yield return StepFiles.End;
    }

    private static void Near(double expected, double found, double rate) =>
        Assert.True(Math.Abs(found / expected - 1) < 0.01, $"{rate}C: expected {expected} mAh/g, found {found}");
}
