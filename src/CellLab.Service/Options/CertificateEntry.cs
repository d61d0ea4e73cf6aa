namespace CellLab.Service.Options;

/// <summary>The certificate of <c>https</c>, full paths: PEM (<paramref name="File"/> with the chain, <paramref name="KeyFile"/>), or PKCS#12 with a password that stands in
/// <paramref name="PasswordFile"/>.</summary>
public sealed record CertificateEntry(string File, string? KeyFile, string? PasswordFile)
{
    public bool IsPkcs12 => Path.GetExtension(File).ToLowerInvariant() is ".pfx" or ".p12";
}
