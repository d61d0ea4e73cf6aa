using System.Text;
using CellLab.Service.Offline.Analyze;
using CellLab.Service.Offline.Foreign;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Broken files end in findings or a refusal that names the file, never in another exception; results stay finite numbers.</summary>
[Trait("Suite", "Broad")]
public sealed class Damaged_files
{
    private const string Settings = """{"eis": {"lin_kk": [], "circuit": {"code": "R", "filter": "all"}}, "gitt": {"active_mass_mg": 2, "molar_mass_g_mol": 85.03, "density_g_cm3": 4.25, "area_cm2": 0.785}, "dems": {"fluxes": [{"gas": "O2", "mz": 32, "sensitivity_c_per_mol": 1}]}}""";

    private static int Runs => Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 2000 : 100;

    public static TheoryData<string, byte[]> Originals()
    {
        byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
        string rows = string.Concat(Enumerable.Range(0, 12).Select(k => $"{k + 1},1,{k / 6 + 1},{(k < 6 ? "CC Chg" : "Rest")},0:00:{k % 6:00},0:00:{k:00},{(k < 6 ? 1 : 0)},3.{k:00},0.0{k},\n"));
        return new()
        {
            { "flat.csv", Utf8("DataPoint,Cycle Index,Step Index,Step Type,Time,Total Time,Current(mA),Voltage(V),Capacity(mAh),\n" + rows) },
            { "layered.csv", Utf8("Cycle ID,Cap\n,Step ID,Step Name\n,,Record ID,Time(h:min:s.ms),Voltage(V),Current(mA)\n1,1\n,1,CC_Chg\n,,1,0:00:00,3.1,1\n,,2,0:00:10,3.2,1\n,2,Rest\n,,3,0:00:00,3.2,0\n") },
            { "land.csv", Utf8("a:,,\nchannel_index,cycle_index,step_index,test_time_s,step_time_s,current_A,voltage_V,step_name,\n1,1,1,0,0,0.001,3.5,charge CC,\n2,1,1,10,10,0.001,3.6,charge CC,\n") },
            { "x.ccs", Land_ccs.File(0x100, 5) },
            { "x.bdf.csv", Utf8("Test Time / s,Voltage / V,Current / A,Unix Time / s\n0,3.5,0,100\n1,3.6,0.001,101\n2,3.7,0,102\n") },
            { "x.mpt", Utf8("EC-Lab ASCII FILE\nNb header lines : 3\nfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\n1000\t1\t2\n100\t2\t3\n10\t3\t4\n1\t4\t5\n0.1\t5\t6\n") },
            { "x.DTA", Utf8("EXPLAIN\nZCURVE\tTABLE\n\tPt\tTime\tFreq\tZreal\tZimag\n\t#\ts\tHz\tohm\tohm\n\t0\t1\t100\t1\t-1\n\t1\t1\t10\t1\t-1\n\t2\t1\t1\t1\t-1\n\t2\t1\t0.1\t1\t-1\n\t3\t1\t0.01\t1\t-2\n") },
            { "x.csv", Utf8("1000,1,-2\n100,2,-3\n10,3,-4\n1,4,-5\n0.1,5,-6\n") },
            { "ix.csv", Utf8("ixdat version = 0.2\ntechnique = MS\ntimecol 't' for: 'M32'\naliases = {\"M2\": [\"M2-y\"]}\nN_header_lines = 7\n\nt,M32\n0,1e-12\n1,2e-12\n2,1e-12\n") },
            { "x.xy", Utf8("# a\n" + string.Concat(Enumerable.Range(0, 20).Select(k => $"{17 + (k * 0.1)} {100 + (k == 9 ? 50 : k)}\n"))) },
            { "x.xrdml", Utf8("<xrdMeasurements><dataPoints><positions axis=\"2Theta\"><startPosition>17</startPosition><endPosition>20</endPosition></positions><counts>1 2 3 4 5 60 5 4 3 2 1 1</counts></dataPoints></xrdMeasurements>") },
            { "pv.dat", Utf8("a\nTime Relative (sec)\t32_amu\n0\t1e-12\n1\t2e-12\n") },
        };
    }

    [Theory]
    [MemberData(nameof(Originals))]
    public void Damage_never_ends_in_a_crash(string name, byte[] original)
    {
        for (int run = 0; run < Runs; run++)
        {
            var random = new Random((run * 7919) + name.Length);
            byte[] damaged = Damage(original, random);
            try
            {
                AnalyzeResult result = Analyzed.Bytes(name, damaged, Settings);
                Assert.NotEqual(System.Text.Json.JsonValueKind.Undefined, result.Json().ValueKind);
            }
            catch (ForeignFileException refused)
            {
                Assert.Contains(name, refused.Message, StringComparison.Ordinal);
            }
            catch (Exception crash) when (crash is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{name}, run {run}: {crash}\n{Encoding.Latin1.GetString(damaged)}");
            }
        }
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        int changes = random.Next(1, 6);
        for (int change = 0; change < changes && bytes.Count > 0; change++)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Oddities[random.Next(Oddities.Length)]));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.Insert(at, (byte)"\n\t,;\"0-.eE "[random.Next(11)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly string[] Oddities = ["1e308", "-1e308", "NaN", "inf", "99999999999999999999", "1e-320", ",,,,,,", "\r\n", "µ", "电流", "\"", "\0", "--5", "9999:99:99", "1e400"];
}
