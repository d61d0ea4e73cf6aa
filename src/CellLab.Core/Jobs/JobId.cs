using System.Security.Cryptography;

namespace CellLab.Core.Jobs;

/// <summary>Name of a job: twelve random letters and digits, safe in topics, file names and barcodes.</summary>
public readonly record struct JobId(string Value)
{
    private const string Alphabet = "abcdefghjkmnpqrstvwxyz0123456789";

    /// <summary>The part that goes into a barcode.</summary>
    public string Short => Value[..8];

    public static JobId New() => new(RandomNumberGenerator.GetString(Alphabet, 12));

    public override string ToString() => Value;
}
