using System.Globalization;
using CellLab.Drivers.Land.Ccs;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>LAND's binary <c>.ccs</c>: a header, then blocks of 128 bytes, little-endian. A control block begins a step; a data block holds one to six
/// records with the differences since the record before. Layout from two open readers, checked by them on one real file: docs/reference/foreign-formats.md.</summary>
internal sealed class LandCcsTable : ForeignTable
{
    private readonly string _path;
    private readonly long _start;

    private LandCcsTable(string path, long start)
    {
        _path = path;
        _start = start;
    }

    public override string Format => "land-ccs";

    public override IReadOnlySet<Quantity> Columns { get; } = new HashSet<Quantity>
    {
        Quantity.TestSeconds, Quantity.StepSeconds, Quantity.Volts, Quantity.Amperes, Quantity.Cycle, Quantity.StepId, Quantity.StepCount,
        Quantity.ChargeAh, Quantity.DischargeAh, Quantity.ChargeWh, Quantity.DischargeWh,
    };

    /// <summary>Null where no six blocks in a row with known type words are found up to 0x4000.</summary>
    public static LandCcsTable? TryOpen(string path)
    {
        using FileStream file = Open(path);
        byte[] head = new byte[CcsBlocks.HeadBytes];
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return CcsBlocks.FindStart(head.AsSpan(0, length)) is { } start ? new LandCcsTable(path, start) : null;
    }

    public override IEnumerable<ForeignRow> Rows(FindingLog log)
    {
        bool sixRecords = Blocks(null).Any(block => CcsBlocks.TypeOf(block) == CcsBlocks.SixRecords);
        CcsLayout layout = sixRecords ? CcsLayout.WithoutResistance : CcsLayout.WithResistance;
        var row = new ForeignRow();
        var step = new LandCcsStep();
        long index = -1;
        long offset = _start - CcsBlocks.BlockBytes;
        foreach (byte[] block in Blocks(log))
        {
            offset += CcsBlocks.BlockBytes;
            if (CcsBlocks.TypeOf(block) == CcsBlocks.Control)
            {
                step.Begin(block, offset);
                continue;
            }

            step.CheckOwner(CcsBlocks.OwnerOf(block), index + 1, log);
            int records = Math.Min(CcsBlocks.RecordsIn(CcsBlocks.TypeOf(block)), CcsLayouts.RecordsPerBlock(layout));
            for (int record = 0; record < records; record++)
            {
                row.Clear(++index);
                step.Read(CcsRecord.Read(block, record, layout), row, log);
                yield return row;
            }
        }
    }

    /// <summary>Whole blocks up to the first of an unknown type; where that or the file's end is not clean, the log says so.</summary>
    private IEnumerable<byte[]> Blocks(FindingLog? log)
    {
        using FileStream file = Open(_path);
        file.Position = _start;
        byte[] block = new byte[CcsBlocks.BlockBytes];
        while (true)
        {
            int read = file.ReadAtLeast(block, CcsBlocks.BlockBytes, throwOnEndOfStream: false);
            if (read == CcsBlocks.BlockBytes && CcsBlocks.IsKnown(CcsBlocks.TypeOf(block)))
            {
                yield return block;
                continue;
            }

            if (read > 0)
            {
                log?.Warning(ForeignCodes.CutOff, null, null, read < CcsBlocks.BlockBytes
                    ? string.Create(CultureInfo.InvariantCulture, $"the file ends inside the block at offset {file.Position - read}; its records are left out")
                    : string.Create(CultureInfo.InvariantCulture, $"the block at offset {file.Position - read} is of type 0x{CcsBlocks.TypeOf(block):X}, which is not known; reading ends there"));
            }

            yield break;
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);

    /// <summary>The step that the records to come belong to, and what has flowed in it.</summary>
    private sealed class LandCcsStep
    {
        private long _offset = -1;
        private uint _mode;
        private double _testSeconds;
        private double _seconds;
        private double _cycle;
        private double _stepId;
        private int _count;
        private double _chargeAh, _dischargeAh, _chargeWh, _dischargeWh;

        public void Begin(byte[] block, long offset)
        {
            CcsControl control = CcsControl.Read(block);
            _offset = offset;
            _mode = control.Mode;
            _cycle = control.Cycle;
            _stepId = control.Step;
            _testSeconds = control.TestSeconds;
            _count++;
            _seconds = _chargeAh = _dischargeAh = _chargeWh = _dischargeWh = 0;
        }

        public void CheckOwner(uint owner, long row, FindingLog log)
        {
            if (_offset >= 0 && owner != (uint)_offset)
            {
                log.Warning(ForeignCodes.CutOff, row, null, string.Create(CultureInfo.InvariantCulture,
                    $"row {row}: its block names the step at offset {owner}, the last step began at {_offset}; it is counted with the last step"));
            }
        }

        public void Read(in CcsRecord record, ForeignRow row, FindingLog log)
        {
            _seconds += record.Seconds;
            double volts = Finite(record.Volts, "voltage", row.Index, log);
            double amperes = Finite(record.Amperes, "current", row.Index, log);
            Count(amperes, Finite(record.AmpereHours, "dQ", row.Index, log), Finite(record.WattHours, "dE", row.Index, log));
            row.Set(Quantity.TestSeconds, _testSeconds + _seconds);
            row.Set(Quantity.StepSeconds, _seconds);
            row.Set(Quantity.Volts, volts);
            row.Set(Quantity.Amperes, amperes);
            row.Set(Quantity.Cycle, _cycle);
            row.Set(Quantity.StepId, _stepId);
            row.Set(Quantity.StepCount, Math.Max(1, _count));
            row.Set(Quantity.ChargeAh, _chargeAh);
            row.Set(Quantity.DischargeAh, _dischargeAh);
            row.Set(Quantity.ChargeWh, _chargeWh);
            row.Set(Quantity.DischargeWh, _dischargeWh);
            row.StepType = _mode switch { CcsControl.Rest => "rest", CcsControl.ConstantVoltage => "CV", _ => null };
        }

        /// <summary>dQ and dE are magnitudes here; the sign of the current says where they go.</summary>
        private void Count(double amperes, double ampereHours, double wattHours)
        {
            double charge = double.IsNaN(ampereHours) ? 0 : Math.Abs(ampereHours);
            double energy = double.IsNaN(wattHours) ? 0 : Math.Abs(wattHours);
            if (amperes < 0)
            {
                _dischargeAh += charge;
                _dischargeWh += energy;
            }
            else
            {
                _chargeAh += charge;
                _chargeWh += energy;
            }
        }

        private static double Finite(float value, string column, long row, FindingLog log)
        {
            if (float.IsFinite(value))
            {
                return value;
            }

            log.Error(ForeignCodes.NotANumber, row, column, string.Create(CultureInfo.InvariantCulture, $"row {row}, {column}: not a finite number; the value is missing"));
            return double.NaN;
        }
    }
}
