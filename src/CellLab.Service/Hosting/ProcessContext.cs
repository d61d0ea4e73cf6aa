using CellLab.Core.Time;
using CellLab.Service.Options;

namespace CellLab.Service.Hosting;

/// <summary>What every role of one process shares.</summary>
internal sealed record ProcessContext(ServiceConfiguration Configuration, ServeOptions Options, Clocks Clocks, ILoggerFactory Loggers);
