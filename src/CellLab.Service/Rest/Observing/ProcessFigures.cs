using System.Diagnostics;

namespace CellLab.Service.Rest.Observing;

/// <summary>What the process itself uses, under the names that Prometheus' own client libraries have for it: whether a service that runs for months stays as it is.</summary>
internal static class ProcessFigures
{
    public static FigureFamily[] Read()
    {
        using var process = Process.GetCurrentProcess();
        return
        [
            new("process_resident_memory_bytes", FigureKind.Gauge, "Memory of the process that lies in RAM.", process.WorkingSet64),
            new("process_open_handles", FigureKind.Gauge, "Open files, sockets and the like.", process.HandleCount),
            new("process_num_threads", FigureKind.Gauge, "Threads of the system.", process.Threads.Count),
            new("process_cpu_seconds_total", FigureKind.Counter, "Processor time used.", process.TotalProcessorTime.TotalSeconds),
            new("dotnet_gc_heap_bytes", FigureKind.Gauge, "Managed heap after the last collection, with what has been allocated since.", GC.GetTotalMemory(forceFullCollection: false)),
            new("dotnet_gc_collections_total", FigureKind.Counter, "Full collections of the managed heap.", GC.CollectionCount(GC.MaxGeneration)),
        ];
    }
}
