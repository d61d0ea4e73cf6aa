using CellLab.Service.Rest;

namespace CellLab.Service.Hosting;

/// <summary>The port is taken before any instrument is touched, so requests may come before their answers exist.</summary>
internal sealed class StartGate
{
    private volatile bool open;

    public void Open() => open = true;

    public void Check()
    {
        if (!open)
        {
            throw new RestProblemException(StatusCodes.Status503ServiceUnavailable, "The service is still starting.", null, "Try again in a moment.");
        }
    }
}
