namespace CellLab.AutolabBridge.Sdk;

/// <summary>A call of the vendor's library failed, or the library is not what this program needs.</summary>
/// <param name="code">As it stands in the protocol: <c>sdk_missing</c> or <c>sdk_error</c>.</param>
internal sealed class SdkException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
