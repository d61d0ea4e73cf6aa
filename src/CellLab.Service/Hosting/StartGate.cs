using CellLab.Service.Rest;

namespace CellLab.Service.Hosting;

/// <summary>The port is taken before any instrument is touched, so requests may come before their answers exist.</summary>
internal sealed class StartGate
{
    private volatile bool open;
    private volatile bool closed;

    public void Open() => open = true;

    /// <summary>The service is about to end.</summary>
    public void Close() => closed = true;

    public void Check()
    {
        if (closed)
        {
            throw new RestProblemException(StatusCodes.Status503ServiceUnavailable, "The service is ending.", null, "Try again when it has been started again.");
        }

        if (!open)
        {
            throw new RestProblemException(StatusCodes.Status503ServiceUnavailable, "The service is still starting.", null, "Try again in a moment.");
        }
    }
}
