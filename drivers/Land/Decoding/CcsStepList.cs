using System.Globalization;
using System.Text.Json.Nodes;
using CellLab.Drivers.Land.Ccs;

namespace CellLab.Drivers.Land.Decoding;

/// <summary>Collects decoded blocks as steps with their records.</summary>
internal sealed class CcsStepList(CcsLayout layout)
{
    private JsonArray? _records;
    private long _owner = -1;

    public JsonArray Json { get; } = [];

    public List<string> Lines { get; } = [];

    public int Records { get; private set; }

    public void Add(ReadOnlySpan<byte> block, int offset, List<string> faults)
    {
        uint type = CcsBlocks.TypeOf(block);
        if (type == CcsBlocks.Control)
        {
            Begin(CcsControl.Read(block), offset);
            return;
        }

        if (CcsBlocks.OwnerOf(block) != _owner)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"offset {offset}: the block names the step at {CcsBlocks.OwnerOf(block)}, the last step began at {_owner}"));
        }

        int records = Math.Min(CcsBlocks.RecordsIn(type), CcsLayouts.RecordsPerBlock(layout));
        for (int index = 0; index < records; index++)
        {
            Take(CcsRecord.Read(block, index, layout));
        }
    }

    private void Begin(in CcsControl control, int offset)
    {
        _owner = offset;
        _records = [];
        Json.Add(new JsonObject
        {
            ["offset"] = offset, ["mode"] = control.Mode, ["cycle"] = control.Cycle, ["step"] = control.Step, ["test_time_s"] = control.TestSeconds,
            ["clock_ms"] = control.ClockMilliseconds, ["records"] = _records,
        });
        Lines.Add(string.Create(
            CultureInfo.InvariantCulture, $"step {control.Step} of cycle {control.Cycle}, mode 0x{control.Mode:X}, at {control.TestSeconds:0.000} s"));
    }

    private void Take(in CcsRecord record)
    {
        Records++;
        _records?.Add(new JsonObject
        {
            ["dt_s"] = record.Seconds, ["voltage_v"] = Number(record.Volts), ["current_a"] = Number(record.Amperes), ["charge_ah"] = Number(record.AmpereHours),
            ["energy_wh"] = Number(record.WattHours), ["resistance_ohm"] = record.Ohms is { } ohms ? Number(ohms) : null,
        });
        Lines.Add(string.Create(
            CultureInfo.InvariantCulture, $"  +{record.Seconds:0.000} s  {record.Volts:0.0000} V  {record.Amperes * 1e3:0.00000} mA  {record.AmpereHours * 1e3:0.000000} mAh"));
    }

    /// <summary>JSON knows no NaN.</summary>
    private static JsonValue? Number(float value) => float.IsFinite(value) ? JsonValue.Create(value) : null;
}
