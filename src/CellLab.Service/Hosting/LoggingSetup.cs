using System.Globalization;
using Serilog;
using Serilog.Events;

namespace CellLab.Service.Hosting;

/// <summary>Where messages go: short lines to the console, everything of interest to a file a day under <c>data/logs</c>.</summary>
internal static class LoggingSetup
{
    private const long MaxFileBytes = 50L * 1024 * 1024;
    private const int FilesKept = 30;

    public static Serilog.Core.Logger Create(string dataFolder, string processName)
    {
        string file = Path.Combine(dataFolder, "logs", $"{processName}-.log");
        return new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.AspNetCore.Diagnostics", LogEventLevel.Fatal) // ProblemWriter has told it already
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal) // the refused start is told by ServiceHost
            .Enrich.With(new ExceptionText())
            .WriteTo.Console(
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{ExceptionText}{NewLine}", formatProvider: CultureInfo.InvariantCulture)
            .WriteTo.File(
                file,
                outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}",
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: MaxFileBytes,
                retainedFileCountLimit: FilesKept)
            .CreateLogger();
    }
}
