using System.Text.Json;
using CellLab.AutolabBridge.Sdk;
using CellLab.AutolabBridge.Wire;

namespace CellLab.AutolabBridge;

/// <summary>The one answer to a request, from whichever thread has it.</summary>
internal sealed class Reply(int id, Outbox client)
{
    public Outbox Client => client;

    public void Ok(Action<Utf8JsonWriter>? members = null) => client.Answer(id, members);

    public void Refuse(string code, string message) => client.Refuse(id, code, message);

    public void Done(SdkException? problem)
    {
        if (problem is null)
        {
            Ok();
        }
        else
        {
            Refuse(problem.Code, problem.Message);
        }
    }
}
