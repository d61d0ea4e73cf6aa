namespace CellLab.Service.Notifying;

/// <summary>Takes one message to one target. It returns when the receiver has taken it.</summary>
internal interface IMessageSender
{
    /// <exception cref="NotifyException">The receiver has not taken it, or it is not known.</exception>
    Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}

internal sealed class NotifyException(string message, Exception inner) : Exception(message, inner);
