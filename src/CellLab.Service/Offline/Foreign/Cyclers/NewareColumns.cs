using CellLab.Service.Offline.Foreign.Impedance;
using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Headers of NEWARE exports (BTS 5 to 9, English and Chinese). Capacity and energy restart at each step.</summary>
internal static class NewareColumns
{
    public static IReadOnlyList<ColumnRule> Rules { get; } =
    [
        new(Quantity.RecordNumber, Dimension.Number, "datapoint", "recordid", "recordindex", "recordnumber", "record", "数据序号", "记录序号", "记录号"),
        new(Quantity.Cycle, Dimension.Number, "cycleindex", "cycleid", "cycle", "循环号", "循环序号"),
        new(Quantity.StepId, Dimension.Number, "stepindex", "stepid", "step", "steps", "工步号", "工步序号"),
        new(Quantity.TestSeconds, Dimension.Seconds, "totaltime", "cumulativetime", "testtime", "总时间", "累计时间", "测试时间"),
        new(Quantity.StepSeconds, Dimension.Seconds, "time", "relativetime", "steptime", "recordtime", "statetime", "时间", "工步时间", "相对时间", "记录时间"),
        new(Quantity.UnixSeconds, Dimension.Seconds, "date", "absolutetime", "realtime", "datetime", "绝对时间", "系统时间", "日期"),
        new(Quantity.Amperes, Dimension.Amperes, "current", "cur", "电流", "we(1)current", "<i>", "i"),
        new(Quantity.Volts, Dimension.Volts, "voltage", "电压", "cellvoltage", "we(1)potential", "potential", "ewe", "ecell", "e", "u"),
        new(Quantity.ChargeAh, Dimension.AmpereHours, "chgcap", "chgcapacity", "chargecapacity", "capchg", "充电容量"),
        new(Quantity.DischargeAh, Dimension.AmpereHours, "dchgcap", "dchgcapacity", "dischargecapacity", "capdchg", "放电容量"),
        new(Quantity.Ah, Dimension.AmpereHours, "capacity", "cap", "容量"),
        new(Quantity.ChargeWh, Dimension.WattHours, "chgenergy", "chgeng", "chargeenergy", "engychg", "充电能量"),
        new(Quantity.DischargeWh, Dimension.WattHours, "dchgenergy", "dchgeng", "dischargeenergy", "engydchg", "放电能量"),
        new(Quantity.Wh, Dimension.WattHours, "energy", "engy", "能量"),
    ];

    /// <summary>The same names in a table that has no column for steps: a time is then the time of the test, and counters run through. A potentiostat
    /// may have measured spectra in between.</summary>
    public static IReadOnlyList<ColumnRule> WithoutSteps { get; } =
    [
        new(Quantity.TestSeconds, Dimension.Seconds, "totaltime", "testtime", "time", "t", "elapsedtime"),
        .. Rules.Where(rule => rule.Quantity is not (Quantity.TestSeconds or Quantity.StepSeconds)),
        .. ImpedanceColumns.Named,
    ];

    public static string[] StepTypeKeys { get; } = ["steptype", "stepname", "status", "state", "工步类型", "工步名称", "状态"];
}
