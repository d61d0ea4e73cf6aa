namespace CellLab.Service.Access;

/// <summary>Messages about who may do what; event ids 6300 to 6339. None holds a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 6300, Level = LogLevel.Information, Message = "{Users} users and {Tokens} tokens are known")]
    public static partial void UsersRead(ILogger logger, int users, int tokens);

    [LoggerMessage(EventId = 6301, Level = LogLevel.Error, Message = "The users stay as they were: {Reason}")]
    public static partial void UsersUnreadable(ILogger logger, string reason);

    [LoggerMessage(EventId = 6302, Level = LogLevel.Information, Message = "{User} logged in from {Address}")]
    public static partial void LoggedIn(ILogger logger, string user, string address);

    [LoggerMessage(EventId = 6303, Level = LogLevel.Warning, Message = "A login from {Address} was refused")]
    public static partial void LoginRefused(ILogger logger, string address);

    [LoggerMessage(EventId = 6304, Level = LogLevel.Warning, Message = "{User} may not {Method} {Path}: {Reason}")]
    public static partial void Forbidden(ILogger logger, string user, string method, string path, string reason);

    [LoggerMessage(EventId = 6305, Level = LogLevel.Error, Message = "The certificate stays as it was: {Reason}")]
    public static partial void CertificateUnreadable(ILogger logger, string reason);

    [LoggerMessage(EventId = 6306, Level = LogLevel.Information, Message = "The certificate {Subject} is used, good until {NotAfter}")]
    public static partial void CertificateLoaded(ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(EventId = 6307, Level = LogLevel.Warning, Message = "{File} cannot be read ({Reason}): whoever was logged in logs in again")]
    public static partial void SessionsUnreadable(ILogger logger, string file, string reason);

    [LoggerMessage(EventId = 6308, Level = LogLevel.Error, Message = "{File} cannot be written ({Reason}): who logs in or out now does so again after a restart. Make room on the disk")]
    public static partial void SessionsNotWritten(ILogger logger, string file, string reason);

    [LoggerMessage(EventId = 6309, Level = LogLevel.Error, Message = "The audit log has not taken that {Who} did '{Command}' to {Target} ({Result}): {Reason}")]
    public static partial void AuditNotWritten(ILogger logger, string who, string command, string target, string result, string reason);
}
