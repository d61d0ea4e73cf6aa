namespace CellLab.Service.Rest.Protocols;

/// <summary><c>GET protocols</c>: what can be chosen when a job is started.</summary>
internal static class LibraryEndpoint
{
    public static void MapLibrary(this RouteGroupBuilder api)
    {
        api.MapGet("/protocols", (ProtocolLibrary library) => new LibraryList([.. library.All().Select(LibraryEntry.Of)]))
            .WithSummary("Protocols that lie ready, with their parameters");
        api.MapGet("/protocols/{name}", (string name, ProtocolLibrary library) => library.Find(name)
            ?? throw RestProblemException.NotFound("protocol", name, "GET /api/v1/protocols lists those that lie ready.")).WithSummary("One of them with its text");
    }
}

internal sealed record LibraryList(IReadOnlyList<LibraryEntry> Protocols);

internal sealed record LibraryEntry(string Name, string Remark, IReadOnlyDictionary<string, string> Parameters)
{
    public static LibraryEntry Of(LibraryProtocol protocol) => new(protocol.Name, protocol.Remark, protocol.Parameters);
}
