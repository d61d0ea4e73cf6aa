namespace CellLab.Messaging.Payloads;

/// <summary>A message or page does not have the documented shape; says which member, what was expected and what was found.</summary>
public sealed class PayloadException(string message, Exception? inner = null) : Exception(message, inner);
