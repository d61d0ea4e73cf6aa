namespace CellLab.Core.Devices;

/// <summary>Name of one configured device: lower-case letters, digits and <c>-</c>, as it stands in topics and files.</summary>
public readonly record struct DeviceId(string Value)
{
    public override string ToString() => Value;
}
