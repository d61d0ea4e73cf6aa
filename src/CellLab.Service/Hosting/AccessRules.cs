using CellLab.Service.Access;
using CellLab.Service.Options;

namespace CellLab.Service.Hosting;

/// <summary>What has to be there before anybody but this machine is let near: asked before the data folder is made.</summary>
internal static class AccessRules
{
    /// <exception cref="StartRefusedException">A login is asked for, and nobody could log in.</exception>
    public static void RefuseWithoutUsers(ServiceConfiguration configuration)
    {
        AccessContents known;
        try
        {
            known = AccessFile.In(configuration.DataFolder).Read();
        }
        catch (AccessException unreadable)
        {
            throw new StartRefusedException(unreadable.Message, unreadable);
        }

        if (configuration.Access.Required && !known.HasAdmin)
        {
            throw new StartRefusedException(
                $"{configuration.File}: a login is asked for (http.url beyond loopback, http.names or access.required), but there is no user with the role admin. "
                + $"Make one: celllab user add NAME --role admin --config {configuration.File}");
        }
    }
}
