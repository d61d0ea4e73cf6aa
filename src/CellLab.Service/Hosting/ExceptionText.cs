using Serilog.Core;
using Serilog.Events;

namespace CellLab.Service.Hosting;

/// <summary>What an exception says, for the short lines of the console; the file has all of it.</summary>
internal sealed class ExceptionText : ILogEventEnricher
{
    public const string Property = "ExceptionText";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (logEvent.Exception is { } error)
        {
            logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty(Property, $": {error.Message.ReplaceLineEndings(" ")}"));
        }
    }
}
