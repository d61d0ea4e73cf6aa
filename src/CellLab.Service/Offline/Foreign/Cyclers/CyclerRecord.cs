using CellLab.Analysis.Cycling;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>A row ready for the cycle arithmetic, with its place on the test's time axis.</summary>
internal readonly record struct CyclerRecord(CyclingRecord Record, double TestSeconds, bool BeginsStep);
