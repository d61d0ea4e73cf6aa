using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests.Page;

/// <summary>A laboratory and a browser for the tests of a class: starting them takes longer than most of the tests.</summary>
public sealed class PageLab : IAsyncLifetime
{
    public Browser Browser { get; } = new();

    internal Lab Lab { get; private set; } = null!;

    internal string Address => $"http://127.0.0.1:{Lab.HttpPort}/";

    public async Task InitializeAsync()
    {
        await Browser.InitializeAsync();
        Lab = await Lab.StartAsync(new LabOptions { Speed = 1000 });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await (Lab?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    internal Task<Tab> OpenAsync(string route = "", bool dark = false) => Browser.OpenAsync(Address + route, dark);

    /// <summary>Submits a protocol of cycles by the command line.</summary>
    internal Task<string> SubmitAsync(int cycles, string pipeline, string sample, double rateC = 1) =>
        Lab.SubmitAsync(Lab.Folder.Write($"{sample}.json", Protocols.Cycles(cycles, rateC)), pipeline, sample);
}
