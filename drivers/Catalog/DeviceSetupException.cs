namespace CellLab.Drivers.Catalog;

/// <summary>The settings of a device are wrong. Each error begins with the path of the setting, says what was expected and found.</summary>
public sealed class DeviceSetupException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
