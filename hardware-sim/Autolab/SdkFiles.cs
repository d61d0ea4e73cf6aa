using System.Xml.Linq;

namespace CellLab.HardwareSim.Autolab;

/// <summary>What an installation of the vendor's library has on disk, as far as its users name it: the native helper and the file of the model. The
/// stand-in reads from the latter where the simulated instrument listens, and since when (lab time) its seconds count.</summary>
internal sealed class SdkFiles
{
    public SdkFiles(string folder, string serial, int port, DateTimeOffset began)
    {
        Adk = Path.Combine(folder, "Hardware Setup Files", "Adk.x");
        HardwareSetup = Path.Combine(folder, "Hardware Setup Files", "PGSTAT302N", "HardwareSetup.FRA32M.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(HardwareSetup)!);
        File.WriteAllText(Adk, "");
        new XElement("HardwareSetup", new XAttribute("serial", serial), new XAttribute("fra", "FRA32M"), new XAttribute("began_utc", began), new XElement("Link", new XAttribute("port", port)))
            .Save(HardwareSetup);
    }

    public string Adk { get; }

    public string HardwareSetup { get; }
}
