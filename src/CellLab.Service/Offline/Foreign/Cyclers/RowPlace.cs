namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Where a row's record stands: on the test's time axis, and whether an executed step begins with it.</summary>
internal readonly record struct RowPlace(double TestSeconds, bool BeginsStep);
