using System.Text.Json.Serialization;

namespace CellLab.Service.Offline.Analyze;

/// <summary>How an analysis is written, made by the compiler: finding it out at run time takes longer than the writing.</summary>
[JsonSerializable(typeof(AnalyzeResult))]
internal sealed partial class AnalyzeContext : JsonSerializerContext;
