namespace CellLab.AutolabBridge.Wire;

/// <summary>A request that cannot be carried out as it stands. <paramref name="code"/> as it stands in the protocol.</summary>
internal sealed class BadRequestException(string message, string code = "bad_request") : Exception(message)
{
    public string Code { get; } = code;
}
