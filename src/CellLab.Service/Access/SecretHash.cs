using System.Globalization;
using System.Security.Cryptography;

namespace CellLab.Service.Access;

/// <summary>PBKDF2 with SHA-512 in the text form that mosquitto 2 reads from its password file: <c>$7$iterations$salt$hash</c>, 12 bytes of salt and
/// 64 of hash in base64 (mosquitto_passwd(1)). One form for both, so that a token's hash goes to the broker as it is.</summary>
internal static class SecretHash
{
    /// <summary>For what people choose: guesses have to be dear (OWASP's figure for this function).</summary>
    public const int PasswordIterations = 210_000;

    /// <summary>For 256 random bits, which nobody guesses; what mosquitto itself uses.</summary>
    public const int TokenIterations = 101;

    private const int SaltBytes = 12;
    private const int HashBytes = 64;
    private const string Kind = "7";

    public static string Of(string secret, int iterations)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(secret, salt, iterations, HashAlgorithmName.SHA512, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"${Kind}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Takes as long for a wrong secret as for the right one.</summary>
    public static bool Matches(string secret, string stored) =>
        Parse(stored) is { } parts
        && CryptographicOperations.FixedTimeEquals(
            parts.Hash, Rfc2898DeriveBytes.Pbkdf2(secret, parts.Salt, parts.Iterations, HashAlgorithmName.SHA512, HashBytes));

    public static bool IsValid(string stored) => Parse(stored) is not null;

    private static (int Iterations, byte[] Salt, byte[] Hash)? Parse(string stored)
    {
        string[] parts = stored.Split('$');
        if (parts.Length != 5 || parts[0].Length > 0 || parts[1] != Kind
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int iterations) || iterations < 1)
        {
            return null;
        }

        byte[] salt = new byte[SaltBytes];
        byte[] hash = new byte[HashBytes];
        return Convert.TryFromBase64String(parts[3], salt, out int saltLength) && saltLength == SaltBytes
            && Convert.TryFromBase64String(parts[4], hash, out int hashLength) && hashLength == HashBytes
            ? (iterations, salt, hash)
            : null;
    }
}
