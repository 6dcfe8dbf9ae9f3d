using System.Net.Http.Headers;

namespace ClusterPulse.Cli.Server;

/// <summary>Puts the token before each request.</summary>
internal sealed class BearerHandler(Func<CancellationToken, Task<string?>> token) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await token(cancellationToken) is { } value)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", value);
        return await base.SendAsync(request, cancellationToken);
    }
}
