using System.Buffers.Binary;
using System.Globalization;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>LAND's binary <c>.ccs</c>: a header, then blocks of 128 bytes, little-endian. A control block begins a step; a data block holds one to six
/// records with the differences since the record before. Layout from two open readers, checked by them on one real file: docs/reference/foreign-formats.md.</summary>
internal sealed class LandCcsTable : ForeignTable
{
    private const int BlockBytes = 128;
    private const int LatestStart = 0x4000;
    private const int BlocksToBelieve = 6;
    private const uint Control = 2;
    private const uint SixRecords = 0x603;
    private const uint RestMode = 1;

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
        byte[] head = new byte[LatestStart + (BlocksToBelieve * BlockBytes)];
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        for (int start = 0; start <= LatestStart && start + BlockBytes <= length; start += BlockBytes)
        {
            if (LooksLikeBlocks(head.AsSpan(start, Math.Min(length - start, BlocksToBelieve * BlockBytes)), file.Length - start))
            {
                return new LandCcsTable(path, start);
            }
        }

        return null;
    }

    public override IEnumerable<ForeignRow> Rows(FindingLog log)
    {
        bool sixRecords = Blocks(null).Any(block => TypeOf(block) == SixRecords);
        int recordBytes = sixRecords ? 20 : 24;
        var row = new ForeignRow();
        var step = new LandCcsStep();
        long index = -1;
        long offset = _start - BlockBytes;
        foreach (byte[] block in Blocks(log))
        {
            offset += BlockBytes;
            if (TypeOf(block) == Control)
            {
                step.Begin(block, offset);
                continue;
            }

            step.CheckOwner(Word(block, 4), index + 1, log);
            int records = Math.Min((int)(TypeOf(block) >> 8), (BlockBytes - 8) / recordBytes);
            for (int record = 0; record < records; record++)
            {
                row.Clear(++index);
                step.Read(block.AsSpan(8 + (record * recordBytes), recordBytes), row, log);
                yield return row;
            }
        }
    }

    private static bool LooksLikeBlocks(ReadOnlySpan<byte> bytes, long left)
    {
        int blocks = (int)Math.Min(BlocksToBelieve, left / BlockBytes);
        for (int block = 0; block < blocks; block++)
        {
            if (!IsKnown(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(block * BlockBytes)..])))
            {
                return false;
            }
        }

        return blocks == BlocksToBelieve || (blocks > 1 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Control); // a test that has just begun
    }

    /// <summary>Whole blocks up to the first of an unknown type; where that or the file's end is not clean, the log says so.</summary>
    private IEnumerable<byte[]> Blocks(FindingLog? log)
    {
        using FileStream file = Open(_path);
        file.Position = _start;
        byte[] block = new byte[BlockBytes];
        while (true)
        {
            int read = file.ReadAtLeast(block, BlockBytes, throwOnEndOfStream: false);
            if (read == BlockBytes && IsKnown(TypeOf(block)))
            {
                yield return block;
                continue;
            }

            if (read > 0)
            {
                log?.Warning(ForeignCodes.CutOff, null, null, read < BlockBytes
                    ? string.Create(CultureInfo.InvariantCulture, $"the file ends inside the block at offset {file.Position - read}; its records are left out")
                    : string.Create(CultureInfo.InvariantCulture, $"the block at offset {file.Position - read} is of type 0x{TypeOf(block):X}, which is not known; reading ends there"));
            }

            yield break;
        }
    }

    private static bool IsKnown(uint type) => type == Control || ((type & 0xFF) == 3 && type is >= 0x103 and <= SixRecords);

    private static uint TypeOf(byte[] block) => Word(block, 0);

    private static uint Word(byte[] block, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(offset));

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
            _offset = offset;
            _mode = Word(block, 8);
            _cycle = Word(block, 12);
            _stepId = Word(block, 16);
            _testSeconds = BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(24)) * 1e-3;
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

        public void Read(ReadOnlySpan<byte> record, ForeignRow row, FindingLog log)
        {
            _seconds += BinaryPrimitives.ReadUInt32LittleEndian(record) * 1e-3;
            double volts = Finite(record[4..], "voltage", row.Index, log);
            double amperes = Finite(record[8..], "current", row.Index, log);
            Count(amperes, Finite(record[12..], "dQ", row.Index, log), Finite(record[16..], "dE", row.Index, log));
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
            row.StepType = _mode switch { RestMode => "rest", 0x21 => "CV", _ => null };
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

        private static double Finite(ReadOnlySpan<byte> bytes, string column, long row, FindingLog log)
        {
            float value = BinaryPrimitives.ReadSingleLittleEndian(bytes);
            if (float.IsFinite(value))
            {
                return value;
            }

            log.Error(ForeignCodes.NotANumber, row, column, string.Create(CultureInfo.InvariantCulture, $"row {row}, {column}: not a finite number; the value is missing"));
            return double.NaN;
        }
    }
}
