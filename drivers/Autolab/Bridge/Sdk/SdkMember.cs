using System.Reflection;

namespace CellLab.AutolabBridge.Sdk;

/// <summary>A property of the instrument by its path, such as <c>Ei.Potential</c>, bound by name once.</summary>
internal sealed class SdkMember
{
    private readonly string _path;
    private readonly PropertyInfo?[] _chain;

    public SdkMember(Type root, string path)
    {
        _path = path;
        string[] names = path.Split('.');
        _chain = new PropertyInfo?[names.Length];
        Type? type = root;
        for (int i = 0; i < names.Length && type is not null; i++)
        {
            _chain[i] = Find(type, names[i]);
            type = _chain[i]?.PropertyType;
        }
    }

    public bool IsMissing => _chain[_chain.Length - 1] is null;

    /// <exception cref="SdkException">The member is missing, or the library threw.</exception>
    public object? Get(object instrument) => Call(() => _chain.Aggregate((object?)instrument, (at, property) => Bound(property).GetValue(at, null)));

    public void Set(object instrument, object value) => Call(() =>
    {
        object? owner = _chain.Take(_chain.Length - 1).Aggregate((object?)instrument, (at, property) => Bound(property).GetValue(at, null));
        PropertyInfo last = Bound(_chain[_chain.Length - 1]);
        object fitting = last.PropertyType.IsEnum && value is string word ? Enum.Parse(last.PropertyType, word)
            : Convert.ChangeType(value, last.PropertyType, System.Globalization.CultureInfo.InvariantCulture);
        last.SetValue(owner, fitting, null);
        return null;
    });

    private static PropertyInfo? Find(Type type, string name) =>
        type.GetProperty(name) ?? type.GetInterfaces().Select(one => one.GetProperty(name)).FirstOrDefault(property => property is not null);

    private PropertyInfo Bound(PropertyInfo? property) =>
        property ?? throw new SdkException("sdk_missing", $"the installed SDK has no {_path}");

    private object? Call(Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException e)
        {
            throw new SdkException("sdk_error", $"{_path}: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidCastException or NullReferenceException or TargetException or FormatException or OverflowException)
        {
            throw new SdkException("sdk_error", $"{_path}: {e.Message}", e);
        }
    }
}
