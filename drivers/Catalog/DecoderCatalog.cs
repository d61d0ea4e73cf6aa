using CellLab.Drivers.Autolab.Decoding;
using CellLab.Drivers.Land.Decoding;
using CellLab.Drivers.MethodScript.Decoding;
using CellLab.Drivers.Neware.Decoding;
using CellLab.Drivers.SrsRga.Decoding;

namespace CellLab.Drivers.Catalog;

/// <summary>The one table of decoders.</summary>
public static class DecoderCatalog
{
    public static IReadOnlyList<IWireDecoder> Decoders { get; } =
    [
        new MethodScriptDecoder(),
        new SrsRgaDecoder(),
        new CcsDecoder(),
        new NewareDecoder(),
        new AutolabDecoder(),
    ];

    /// <summary>Null when there is no decoder of this kind.</summary>
    public static IWireDecoder? Find(string kind) => Decoders.FirstOrDefault(d => d.Kind == kind);
}
