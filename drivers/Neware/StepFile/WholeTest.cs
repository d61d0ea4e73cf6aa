using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>What a step file says about the whole test.</summary>
/// <param name="RatesCount">The file's mode is C-rates: they win over the currents beside them.</param>
internal sealed record WholeTest(string? SampleName, double? CapacityAmpereHours, bool RatesCount, RecordRule? Record, ProtocolLimits Limits);
