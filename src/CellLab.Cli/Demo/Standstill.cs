namespace CellLab.Cli.Demo;

/// <summary>Notices that nothing has moved for too long.</summary>
internal sealed class Standstill(TimeProvider wall, TimeSpan limit)
{
    private string seen = "";
    private long since = wall.GetTimestamp();

    /// <exception cref="CliException">What is shown has been the same for longer than the limit; the message holds it.</exception>
    public void Look(string state)
    {
        if (state != seen)
        {
            seen = state;
            since = wall.GetTimestamp();
        }
        else if (wall.GetElapsedTime(since) > limit)
        {
            throw CliException.Failed($"nothing has moved for {limit.TotalSeconds:0} s; the last state:\n{seen}");
        }
    }
}
