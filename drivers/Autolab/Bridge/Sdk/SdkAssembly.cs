using System.Reflection;

namespace CellLab.AutolabBridge.Sdk;

/// <summary>The vendor's library in the folder where the operator installed it. Nothing of it is compiled against or shipped.</summary>
internal sealed class SdkAssembly
{
    private const string MainFile = "EcoChemie.Autolab.Sdk.dll";
    private const string InstrumentName = "EcoChemie.Autolab.Sdk.Instrument";
    private readonly List<Assembly> _assemblies = [];

    private SdkAssembly(Assembly main, Type instrument)
    {
        Instrument = instrument;
        Version = main.GetName().Version?.ToString() ?? "unknown";
        _assemblies.Add(main);
    }

    public Type Instrument { get; }

    public string Version { get; }

    /// <exception cref="SdkException">No such folder or file, or it is another library.</exception>
    public static SdkAssembly Load(string folder)
    {
        string path = Path.Combine(Path.GetFullPath(folder), MainFile);
        if (!File.Exists(path))
        {
            throw new SdkException("sdk_missing", $"there is no {MainFile} in {folder}; install the Autolab SDK and give its folder with --sdk");
        }

        AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => Resolve(folder, wanted.Name);
        try
        {
            Assembly main = Assembly.LoadFrom(path);
            Type instrument = main.GetType(InstrumentName) ?? throw new SdkException("sdk_missing", $"{MainFile} has no type {InstrumentName}");
            var sdk = new SdkAssembly(main, instrument);
            sdk.LoadExtensions(folder);
            return sdk;
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or IOException)
        {
            throw new SdkException("sdk_missing", $"{MainFile} cannot be loaded: {e.Message}; old SDKs need a 32-bit process", e);
        }
    }

    /// <summary>A method of the instrument itself, or one that extends it.</summary>
    public MethodInfo? FindMethod(string name)
    {
        MethodInfo? own = Instrument.GetMethod(name, Type.EmptyTypes);
        return own ?? _assemblies.SelectMany(TypesOf)
            .Where(type => type.IsAbstract && type.IsSealed)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .FirstOrDefault(method => method.Name == name && Extends(method));
    }

    private bool Extends(MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        return parameters.Length == 1 && parameters[0].ParameterType.IsAssignableFrom(Instrument);
    }

    /// <summary>Some of the instrument's methods are extensions in files beside the main one.</summary>
    private void LoadExtensions(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "EcoChemie.Autolab*.dll").Where(f => Path.GetFileName(f) != MainFile))
        {
            try
            {
                _assemblies.Add(Assembly.LoadFrom(file));
            }
            catch (Exception e) when (e is BadImageFormatException or FileLoadException)
            {
                continue; // a native helper; what is missed of it is told by name
            }
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetExportedTypes();
        }
        catch (Exception e) when (e is FileNotFoundException or TypeLoadException or FileLoadException)
        {
            return [];
        }
    }

    private static Assembly? Resolve(string folder, string name)
    {
        string file = Path.Combine(folder, new AssemblyName(name).Name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }
}
