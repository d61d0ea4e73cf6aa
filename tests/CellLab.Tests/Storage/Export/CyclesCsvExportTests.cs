using System.Text;
using CellLab.Storage.Export;

namespace CellLab.Tests.Storage.Export;

public sealed class CyclesCsvExportTests
{
    private static readonly ExportContext Context = new("lab", "0.1.0", null, new ExportClock(1, null, null), []);

    [Fact]
    public async Task A_row_a_cycle_with_missing_values_empty()
    {
        object?[] first = [1, "loop-2", 1, 0.1, 280.123456789, 250.5, 89.4, null, 4.1, 3.6, true];
        object?[] second = [2L, "a,b", 2, null, null, null, null, null, null, null, false];
        ExportFile file = CyclesCsvExport.Prepare(Context, Rows.Job(Rows.JobA), [], new CsvTable(CyclesCsvExport.Columns, [first, second]));
        using var target = new MemoryStream();

        await file.WriteAsync(target, CancellationToken.None);

        Assert.Equal("lab__lmno-7__20260301__rate-map_aaaaaaaaaaaa__none.cycles.csv", file.Name);
        Assert.Equal(
            "cycle,block,pass,rate_c,charge_mah_g,discharge_mah_g,coulombic_efficiency_percent,energy_efficiency_percent,"
            + "mean_charge_voltage_v,mean_discharge_voltage_v,complete\n"
            + "1,loop-2,1,0.1,280.123457,250.5,89.4,,4.1,3.6,true\n2,\"a,b\",2,,,,,,,,false\n",
            Encoding.UTF8.GetString(target.ToArray()));
    }

    [Fact]
    public void A_table_with_other_columns_is_refused() => Assert.Throws<ArgumentException>(
        () => CyclesCsvExport.Prepare(Context, Rows.Job(Rows.JobA), [], new CsvTable(["cycle"], [])));
}
