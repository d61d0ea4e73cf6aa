using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CellLab.Service.Access;

/// <summary>Random texts of 256 bits, and the two digests that are kept or shown in their place.</summary>
internal static class Secrets
{
    private const int Bytes = 32;

    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text can be one that was made here.</summary>
    public static bool IsOne(string text) => Base64Url.IsValid(text, out int length) && length == Bytes;

    /// <summary>What is stored of a secret that is random already.</summary>
    public static string Digest(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Can be told by whoever has the cookie, that is by us and by our page, and by nobody else.</summary>
    public static string Csrf(string cookie) => Digest("csrf " + cookie);

    public static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
