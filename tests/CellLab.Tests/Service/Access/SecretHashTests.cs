using CellLab.Service.Access;

namespace CellLab.Tests.Service.Access;

public sealed class SecretHashTests
{
    /// <summary>Made by another implementation: Python's hashlib.pbkdf2_hmac("sha512", b"secret", bytes(range(12)), 101, 64).</summary>
    private const string Foreign = "$7$101$AAECAwQFBgcICQoL$Xr99N9ym9ys8TWxis5ajETJq6EVYzmc6nb8t3pUYnPBbCAbICS4xejTltonXWCtJNBvA+By+TXUqU6qCblO00w==";

    [Fact]
    public void A_hash_of_another_program_is_understood() => Assert.True(SecretHash.Matches("secret", Foreign));

    [Fact]
    public void Only_the_secret_itself_matches_and_no_two_hashes_are_alike()
    {
        string hash = SecretHash.Of("secret", 2);

        Assert.True(SecretHash.Matches("secret", hash));
        Assert.False(SecretHash.Matches("Secret", hash));
        Assert.False(SecretHash.Matches("", hash));
        Assert.NotEqual(hash, SecretHash.Of("secret", 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("$6$101$AAECAwQFBgcICQoL$AAAA")]
    [InlineData("$7$0$AAECAwQFBgcICQoL$AAAA")]
    [InlineData("$7$101$AAECAwQFBgcICQoL$AAAA")]
    [InlineData("$7$101$AAAA$AAAA")]
    [InlineData("$7$x$!$!")]
    public void What_is_no_hash_matches_nothing(string stored)
    {
        Assert.False(SecretHash.IsValid(stored));
        Assert.False(SecretHash.Matches("secret", stored));
    }
}
