using CellLab.Service.Offline.Analyze;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Service.Offline.Analyze;

/// <summary>What must hold for any file: charge is conserved, units do not matter, noise of the voltage does not change the area of dQ/dV.</summary>
public sealed class Cycling_properties
{
    private static string File(int[] steps, double current, double volts, string header) => header + "\n" + Analyzed.Lines(steps.SelectMany((step, s) =>
        Enumerable.Range(0, 5).Select(k => (FormattableString)
            $"{(5 * s) + k + 1},1,{s + 1},x,{60 * k},{step * 1e-3 * current:R},{(3.5 + (0.01 * ((k * (s + 7)) % 5))) * volts:R}")));

    [Fact]
    public void Charge_is_the_sum_over_the_steps_and_the_area_of_dqdv() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<sbyte>>(), given =>
        {
            int[] steps = [.. given.Get.Take(12).Select(value => (int)value)];
            CyclingSection cycling = Analyzed.Text("a.csv", File(steps, 1, 1, "DataPoint,Cycle Index,Step Index,Step Type,Time(s),Current(A),Voltage(V)")).Cycling!;
            double charge = steps.Where(step => step > 0).Sum(step => step * 1e-3 * 240 / 3600);
            double discharge = steps.Where(step => step < 0).Sum(step => -step * 1e-3 * 240 / 3600);
            return Near(cycling.Steps.Sum(step => step.ChargeAh), charge) && Near(cycling.Steps.Sum(step => step.DischargeAh), discharge)
                && Near(cycling.DqDv.Where(curve => curve.Direction == "charge").Sum(curve => curve.AreaMah) * 1e-3, charge);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Units_of_the_header_do_not_change_the_result() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<sbyte>>(), given =>
        {
            int[] steps = [.. given.Get.Take(6).Select(value => (int)value)];
            CyclingSection ampere = Analyzed.Text("a.csv", File(steps, 1, 1, "DataPoint,Cycle Index,Step Index,Step Type,Time(s),Current(A),Voltage(V)")).Cycling!;
            CyclingSection milliampere = Analyzed.Text("a.csv", File(steps, 1e3, 1e3, "DataPoint,Cycle Index,Step Index,Step Type,Time(s),Current(mA),Voltage(mV)")).Cycling!;
            return ampere.Steps.Zip(milliampere.Steps).All(pair => Near(pair.First.ChargeAh, pair.Second.ChargeAh) && Near(pair.First.DischargeWh, pair.Second.DischargeWh)
                && pair.First.Cycle == pair.Second.Cycle);
        }).QuickCheckThrowOnFailure();

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-9 * Math.Max(1e-3, Math.Abs(left));
}
