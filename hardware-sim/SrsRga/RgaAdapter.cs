using System.Text;
using CellLab.Transport;
using CellLab.Transport.Text;

namespace CellLab.HardwareSim.SrsRga;

/// <summary>The log-in of the Ethernet adapter: prompts for name and password, three tries.</summary>
internal sealed class RgaAdapter(RgaSimSettings settings, IConnection connection)
{
    private const int Tries = 3;
    private static readonly byte[] s_lineEnd = [0x0D];

    /// <summary>False when the client went or used up its tries.</summary>
    public async Task<bool> LogInAsync(CancellationToken cancellationToken)
    {
        var lines = new LineReader(connection, s_lineEnd, longest: 256);
        if (await lines.ReadAsync(cancellationToken) is null)
        {
            return false;
        }

        for (int attempt = 0; attempt < Tries; attempt++)
        {
            await SayAsync("\r\nName: ", cancellationToken);
            string? name = Text(await lines.ReadAsync(cancellationToken));
            await SayAsync("\r\nPassword: ", cancellationToken);
            string? password = Text(await lines.ReadAsync(cancellationToken));
            if (name is null || password is null)
            {
                return false;
            }

            if (name == settings.User && password == settings.Password)
            {
                await SayAsync("\r\nWelcome\r\n", cancellationToken);
                return true;
            }

            await SayAsync("\r\nInvalid name or password\r\n", cancellationToken);
        }

        return false;
    }

    private static string? Text(ReadOnlyMemory<byte>? line) => line is { } bytes ? Encoding.Latin1.GetString(bytes.Span).Trim() : null;

    private ValueTask SayAsync(string text, CancellationToken cancellationToken) =>
        connection.Stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
}
