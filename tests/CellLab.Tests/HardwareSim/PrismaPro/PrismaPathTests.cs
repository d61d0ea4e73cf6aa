using CellLab.HardwareSim.PrismaPro;

namespace CellLab.Tests.HardwareSim.PrismaPro;

public sealed class PrismaPathTests
{
    [Theory]
    [InlineData("/mmsp/scanSetup/channels/2/set?channelMode=Single&startMass=32", "scansetup", 2, "channelmode=Single startmass=32")]
    [InlineData("/mmsp/scansetup/channel/2/StartMass/set?32", "scansetup", 2, "startmass=32")]
    [InlineData("/mmsp/scanSetup/set?@channel=3&dwell=32", "scansetup", 3, "dwell=32")]
    [InlineData("/mmsp/generalControl/setEmission/set?On", "generalcontrol", null, "setemission=On")]
    [InlineData("/mmsp/scanInfo/get?currentScan&scanning", "scaninfo", null, "currentscan= scanning=")]
    [InlineData("/mmsp/measurement/scans/-1/get", "measurement", null, "scans/-1=")]
    public void Every_form_of_a_request_is_understood(string target, string group, int? channel, string pairs)
    {
        PrismaPath path = PrismaPath.Parse(target)!;

        Assert.Equal(group, path.Group);
        Assert.Equal(channel, path.Channel);
        Assert.Equal(pairs, string.Join(' ', path.Pairs.Select(p => $"{p.Key}={p.Value}")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mmsp/scanSetup")]
    [InlineData("/mmsp/get")]
    [InlineData("/other/scanSetup/get")]
    public void Other_paths_are_not_there(string target) => Assert.Null(PrismaPath.Parse(target));
}
