using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Benchmarks;

/// <summary>The shipped life test of 400 cycles at 5C, on a cell of 2 mg at 250 mAh/g.</summary>
internal static class LibraryProtocols
{
    public const string Life = "cycle-life-5c-400.yaml";

    public static CRateBase Base { get; } = new(250, 2);

    public static string Text()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "config", "protocols", Life);
            if (File.Exists(path))
            {
                return File.ReadAllText(path);
            }
        }

        throw new FileNotFoundException($"config/protocols/{Life} lies in no folder above {AppContext.BaseDirectory}");
    }

    public static CellProgram Compile(string text) =>
        ProgramCompiler.Compile(ProtocolReader.Read(Life, text).Protocol!, Base).Program!;
}
