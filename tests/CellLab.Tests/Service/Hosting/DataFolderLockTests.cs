using CellLab.Service.Hosting;

namespace CellLab.Tests.Service.Hosting;

public sealed class DataFolderLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_second_service_on_the_same_data_is_refused_until_the_first_has_ended()
    {
        string data = Path.Combine(folder.Path, "data");
        using (DataFolderLock.Take(data))
        {
            Assert.Contains(data, Assert.Throws<StartRefusedException>(() => DataFolderLock.Take(data)).Message, StringComparison.Ordinal);
        }

        DataFolderLock.Take(data).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        string file = folder.Write("occupied", "a file stands where the folder should be");

        Assert.Contains("data folder cannot be made", Assert.Throws<StartRefusedException>(() => DataFolderLock.Take(file)).Message, StringComparison.Ordinal);
    }
}
