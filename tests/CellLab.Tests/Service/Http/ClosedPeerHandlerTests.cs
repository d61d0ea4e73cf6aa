using System.ComponentModel;
using System.Net;
using CellLab.Service.Http;

namespace CellLab.Tests.Service.Http;

public class ClosedPeerHandlerTests
{
    private static readonly Uri Anywhere = new("http://127.0.0.1/");

    [Fact]
    public async Task A_connection_that_is_gone_before_its_first_request_is_a_failed_request()
    {
        using var client = new HttpClient(new ClosedPeerHandler(new Answering(() => throw new Win32Exception(107))));
        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Anywhere));
        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
        Assert.IsType<Win32Exception>(failure.InnerException);
    }

    [Fact]
    public async Task An_answer_passes()
    {
        using var client = new HttpClient(new ClosedPeerHandler(new Answering(() => new HttpResponseMessage(HttpStatusCode.Accepted))));
        using HttpResponseMessage answer = await client.GetAsync(Anywhere);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private sealed class Answering(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return answer();
        }
    }
}
