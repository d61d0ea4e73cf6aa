namespace CellLab.Messaging.Broker;

/// <summary>The broker could not be started; the message names the cause and the remedy.</summary>
public class BrokerException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Somebody else listens on the port.</summary>
public sealed class PortInUseException(string message) : BrokerException(message);
