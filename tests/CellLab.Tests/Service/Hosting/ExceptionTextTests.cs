using System.Globalization;
using CellLab.Service.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace CellLab.Tests.Service.Hosting;

public sealed class ExceptionTextTests
{
    [Fact]
    public void A_short_line_says_why_and_stays_one_line()
    {
        var lines = new Lines();
        using Logger log = new LoggerConfiguration().Enrich.With(new ExceptionText()).WriteTo.Sink(lines).CreateLogger();
        log.Error(new InvalidOperationException("the folder is in use\nEnd the other one"), "The analysis failed");
        log.Information("The analysis runs");
        Assert.Equal(["The analysis failed: the folder is in use End the other one", "The analysis runs"], lines.Text);
    }

    private sealed class Lines : ILogEventSink
    {
        private readonly MessageTemplateTextFormatter _format = new("{Message:lj}{ExceptionText}", CultureInfo.InvariantCulture);

        public List<string> Text { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            using var writer = new StringWriter();
            _format.Format(logEvent, writer);
            Text.Add(writer.ToString());
        }
    }
}
