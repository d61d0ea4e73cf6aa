using CellLab.Core.Devices;

namespace CellLab.Drivers.GasPanel;

/// <summary>Routes and the outputs that make them: cell, bypass, bottle.</summary>
internal static class GasRoutes
{
    public static bool[] Outputs(GasRoute route) => route switch
    {
        GasRoute.Cell => [true, false, false],
        GasRoute.Bypass => [false, true, false],
        GasRoute.Bottle => [false, false, true],
        _ => [true, false, true],
    };

    /// <summary>All released is the cell too: its valve is open without current. Null for a combination that is no route.</summary>
    public static GasRoute? Of(IReadOnlyList<bool> outputs) => (outputs[0], outputs[1], outputs[2]) switch
    {
        (_, false, false) => GasRoute.Cell,
        (false, true, false) => GasRoute.Bypass,
        (false, false, true) => GasRoute.Bottle,
        (true, false, true) => GasRoute.BottleThroughCell,
        _ => null,
    };

    public static string Task(GasRoute route) => route switch
    {
        GasRoute.Cell => "Turn the valves so that carrier gas flows through the cell, then confirm.",
        GasRoute.Bypass => "Turn the valves so that carrier gas flows round the cell, then confirm.",
        GasRoute.Bottle => "Turn the valves so that calibration gas flows round the cell, then confirm.",
        _ => "With the cell at open circuit turn the valves so that calibration gas flows through the cell, then confirm.",
    };
}
