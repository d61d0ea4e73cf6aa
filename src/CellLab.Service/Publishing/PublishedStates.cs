using System.Text;
using CellLab.Core.Devices;
using CellLab.Engine.Desk;
using CellLab.Service.Access;

namespace CellLab.Service.Publishing;

/// <summary>Which devices and channels have a retained state at the broker, in a file of the data folder: a line each, <c>device NAME</c> or
/// <c>channel NAME</c>. It tells, also after a restart, whose state is to be taken away once the configuration does not name them any more.</summary>
/// <remarks>Without the file, or with a damaged one, nothing is taken away; the states that are there are noted anew.</remarks>
internal sealed class PublishedStates(string path, ILogger logger)
{
    public const string FileName = "published-states.txt";

    private HashSet<ChangeKey>? _noted;

    public static PublishedStates In(string dataFolder, ILogger logger) => new(Path.Combine(dataFolder, FileName), logger);

    /// <summary>Notes what is there now and returns what was told earlier and is not there any more; that stays noted until <see cref="Forget"/>.</summary>
    public IReadOnlyList<ChangeKey> Compare(IReadOnlyList<DeviceView> present)
    {
        HashSet<ChangeKey> noted = _noted ??= Read();
        Dictionary<string, DeviceView> devices = present.ToDictionary(device => device.Id.Value);
        List<ChangeKey> gone = [.. noted.Where(key => !IsThere(key, devices))];
        int before = noted.Count;
        noted.UnionWith(present.SelectMany(KeysOf));
        if (noted.Count != before)
        {
            Write(noted);
        }

        return gone;
    }

    /// <summary>Their states have been taken away.</summary>
    public void Forget(IReadOnlyCollection<ChangeKey> gone)
    {
        if (_noted is { } noted && gone.Count > 0)
        {
            noted.ExceptWith(gone);
            Write(noted);
        }
    }

    private static IEnumerable<ChangeKey> KeysOf(DeviceView device) =>
        device.Channels.Select(channel => new ChangeKey("channel", channel.Status.Channel.ToString())).Prepend(new ChangeKey("device", device.Id.Value));

    /// <summary>A device that has not been reached yet may not know its channels: they count as there.</summary>
    private static bool IsThere(ChangeKey key, Dictionary<string, DeviceView> devices) =>
        devices.TryGetValue(DeviceOf(key), out DeviceView? device)
        && (key.Kind == "device" || device.Channels.Count == 0 || device.Channels.Any(channel => channel.Status.Channel.ToString() == key.Id));

    private static string DeviceOf(ChangeKey key) => key.Kind == "device" ? key.Id : ChannelAddress.Parse(key.Id).Device.Value;

    private HashSet<ChangeKey> Read()
    {
        try
        {
            return File.Exists(path) ? [.. File.ReadAllLines(path).Select(KeyOf).OfType<ChangeKey>()] : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.PublishedStatesFailed(logger, path, failure.Message);
            return [];
        }
    }

    private static ChangeKey? KeyOf(string line) => line.Split(' ') switch
    {
        ["device", { Length: > 0 } name] => new ChangeKey("device", name),
        ["channel", { } name] when name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && dot < name.Length - 1 => new ChangeKey("channel", name),
        _ => null,
    };

    private void Write(HashSet<ChangeKey> keys)
    {
        try
        {
            string text = string.Concat(keys.Select(key => $"{key.Kind} {key.Id}\n").Order(StringComparer.Ordinal));
            PrivateFiles.Replace(path, Encoding.UTF8.GetBytes(text));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.PublishedStatesFailed(logger, path, failure.Message); // the states themselves are published all the same
        }
    }
}
