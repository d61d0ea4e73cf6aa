namespace CellLab.Messaging.Payloads;

/// <summary>A message whose members are written in snake case, as its schema in <c>config/schemas/mqtt</c> says.</summary>
public interface IPayload
{
    static abstract string SchemaName { get; }

    string Schema { get; }
}
