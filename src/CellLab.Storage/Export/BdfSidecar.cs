using System.Text.Json;
using System.Text.Json.Nodes;

namespace CellLab.Storage.Export;

/// <summary>The metadata file beside a table; blocks and members as in the BattINFO record schemas, everything of our own under
/// <c>extras</c>. A member nobody knows is absent or null, never guessed.</summary>
internal sealed class BdfSidecar(ExportContext context, ExportSubject subject, JobOutline outline)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public async Task WriteAsync(Stream target, CancellationToken cancellationToken)
    {
        var test = new SidecarTest(context, subject);
        var rig = new SidecarRig(context, subject);
        var extras = new SidecarExtras(context, subject, outline);
        var document = new JsonObject
        {
            ["battinfo_test"] = test.Build(),
            ["battinfo_cell"] = rig.Cell(),
            ["battinfo_channel"] = rig.Channel(),
            ["battinfo_equipment"] = rig.Equipment(),
            ["battinfo_test_protocol"] = SidecarProtocol.Build(subject.Job),
            ["bdf"] = new JsonObject
            {
                ["source"] = $"CellLab {context.SoftwareVersion}",
                ["time_reconciliation"] = new JsonArray([.. outline.TimeCorrections.Select(text => (JsonNode)text)]),
            },
            ["extras"] = extras.Build(),
        };
        await JsonSerializer.SerializeAsync(target, document, Indented, cancellationToken);
        await target.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
