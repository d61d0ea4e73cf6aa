namespace EcoChemie.Autolab.Sdk;

public sealed class AutolabConnection
{
    /// <summary>In the vendor's library the native helper <c>Adk.x</c>; here it only has to exist.</summary>
    public string EmbeddedExeFileToStart { get; set; } = "";

    public bool IsConnected { get; internal set; }
}
