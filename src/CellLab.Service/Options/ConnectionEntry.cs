namespace CellLab.Service.Options;

/// <summary>How a device is reached: <c>tcp</c> (host, port), <c>serial</c> (path, baud), <c>rfc2217</c> (host, port, baud) or <c>folder</c> (path).</summary>
public sealed record ConnectionEntry(
    string Kind, string? Host, int? Port, string? Path, int? Baud, int? Unit, string? User, string? Password)
{
    /// <summary>Without the account: this text may reach logs and listings.</summary>
    public override string ToString() => Kind switch
    {
        "tcp" => $"tcp {Host}:{Port}",
        "rfc2217" => $"rfc2217 {Host}:{Port}",
        "serial" => $"serial {Path}",
        _ => $"{Kind} {Path}",
    };
}
