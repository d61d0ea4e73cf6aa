using CellLab.Messaging;
using CellLab.Messaging.Clients;

namespace CellLab.Tests.Messaging.Clients;

[Trait("Suite", "Broad")]
public sealed class MosquittoClientTests : MessageClientConformance
{
    [Fact]
    public void A_missing_library_names_its_package()
    {
        MessageException error = Assert.Throws<MessageException>(() => NativeLibraryLoader.EnsureLoaded("libno-such-thing.so.1"));

        Assert.Contains("libno-such-thing.so.1 was not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libmosquitto1", error.Message, StringComparison.Ordinal);
    }
}
