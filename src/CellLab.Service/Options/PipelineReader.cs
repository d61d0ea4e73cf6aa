using CellLab.Core.Devices;
using CellLab.Engine.Setup;

namespace CellLab.Service.Options;

/// <summary>Reads one entry of <c>pipelines</c>.</summary>
internal static class PipelineReader
{
    private static readonly Dictionary<string, Wiring> s_wirings = new(StringComparer.Ordinal)
    {
        ["wired"] = Wiring.Wired, ["multiplexer"] = Wiring.Multiplexer, ["by-hand"] = Wiring.ByHand,
    };

    public static PipelineEntry Read(ConfigurationSection section)
    {
        string id = Identifier.Read(section, "id");
        string holder = Identifier.Check(section, "holder", section.OptionalText("holder") ?? "coin");
        var roles = section.Texts("roles").ToDictionary(role => role.Key, role => DeviceReader.Channel(section, role), StringComparer.Ordinal);
        var entry = new PipelineEntry(id, holder, roles) 
        {
            Wiring = ReadWiring(section, roles),
            OnFailure = ReadLosses(section, roles),
            Gas = section.OptionalSection("gas") is { } gas ? GasReader.Read(gas, section, roles.ContainsKey(PipelineSpec.MassSpectrometerRole)) : null,
        };
        section.Finish();
        return entry;
    }

    private static Dictionary<string, GasLoss> ReadLosses(ConfigurationSection section, Dictionary<string, ChannelAddress> roles)
    {
        var losses = new Dictionary<string, GasLoss>(StringComparer.Ordinal);
        foreach ((string role, string word) in section.OptionalSection("on_failure") is null ? new Dictionary<string, string>() : section.Texts("on_failure"))
        {
            if (role is not (PipelineSpec.ImpedanceRole or PipelineSpec.DiffractionRole) || !roles.ContainsKey(role))
            {
                throw section.Wrong($"on_failure.{role}", "expected a role eis or xrd of this pipeline", "The mass spectrometer's rule is gas.on_failure");
            }

            losses[role] = GasReader.Losses.TryGetValue(word, out GasLoss known)
                ? known
                : throw section.Wrong($"on_failure.{role}", $"'{word}' is not known", $"Use one of {string.Join(", ", GasReader.Losses.Keys)}");
        }

        return losses;
    }

    private static Dictionary<string, Wiring> ReadWiring(ConfigurationSection section, Dictionary<string, ChannelAddress> roles)
    {
        var wiring = new Dictionary<string, Wiring>(StringComparer.Ordinal);
        foreach ((string role, string word) in section.OptionalSection("wiring") is null ? new Dictionary<string, string>() : section.Texts("wiring"))
        {
            if (!roles.ContainsKey(role))
            {
                throw section.Wrong($"wiring.{role}", "the pipeline has no such role", $"Its roles: {string.Join(", ", roles.Keys)}");
            }

            wiring[role] = s_wirings.TryGetValue(word, out Wiring known)
                ? known
                : throw section.Wrong($"wiring.{role}", $"'{word}' is not known", $"Use one of {string.Join(", ", s_wirings.Keys)}");
        }

        return wiring;
    }
}
