using System.Globalization;
using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>The rules of a Battery Data Format checker that concern the header row.</summary>
internal static class BdfHeaderCheck
{
    private static readonly (Quantity Quantity, string Label)[] Required =
        [(Quantity.TestSeconds, "Test Time / s"), (Quantity.Volts, "Voltage / V"), (Quantity.Amperes, "Current / A")];

    public static void Report(ForeignTable table, FindingLog log)
    {
        if (table is not DelimitedTable { Format: CyclerFormats.Bdf } delimited)
        {
            return;
        }

        foreach ((Quantity _, string label) in Required.Where(column => !table.Has(column.Quantity)))
        {
            log.Error(ForeignCodes.MissingColumn, null, label, $"the required column '{label}' is missing");
        }

        foreach (string header in delimited.Headers.Where(header => header.Length > 0 && !BdfLabels.Preferred.Contains(header)))
        {
            ReportHeader(header, delimited, log);
        }
    }

    private static void ReportHeader(string header, DelimitedTable table, FindingLog log)
    {
        string? meant = BdfLabels.ByMachineName.GetValueOrDefault(header) ?? BdfLabels.Deprecated.GetValueOrDefault(header);
        if (meant is not null)
        {
            log.Warning(ForeignCodes.HeaderNotPreferred, null, header, string.Create(CultureInfo.InvariantCulture, $"'{header}' is written '{meant}' now"));
            return;
        }

        bool read = table.Layout.Map.Columns.Any(column => column.Header == HeaderName.Parse(header).Text);
        if (read)
        {
            log.Warning(ForeignCodes.HeaderNotPreferred, null, header, $"'{header}' is no preferred label; it is read by its name");
        }
        else
        {
            log.Info(ForeignCodes.UnknownColumn, null, header, $"'{header}' is no column of the format; it is not read");
        }
    }
}
