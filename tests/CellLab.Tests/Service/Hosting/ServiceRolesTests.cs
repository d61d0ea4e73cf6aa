using CellLab.Service.Hosting;

namespace CellLab.Tests.Service.Hosting;

public sealed class ServiceRolesTests
{
    [Theory]
    [InlineData("acquisition", ServiceRoles.Acquisition)]
    [InlineData("analysis, dashboard", ServiceRoles.Analysis | ServiceRoles.Dashboard)]
    [InlineData("acquisition,analysis,dashboard", ServiceRoles.All)]
    public void Roles_are_read_and_written_by_name(string text, ServiceRoles roles)
    {
        Assert.Equal(roles, ServiceRolesText.Parse(text));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Join(',', roles.Names()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("acquisition,cooking")]
    public void What_is_not_a_role_is_refused(string text) =>
        Assert.Contains("--role", Assert.Throws<StartRefusedException>(() => ServiceRolesText.Parse(text)).Message, StringComparison.Ordinal);
}
