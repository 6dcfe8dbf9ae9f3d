using System.Net.Http.Headers;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Server;

/// <summary>Puts the token before each request.</summary>
internal sealed class BearerHandler(Uri server, Func<CancellationToken, Task<string?>> token) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback)
        {
            throw new CommandFailure(
                Words.Of($"{server} 未加密，令牌会以明文传输。", $"{server} is not encrypted: whoever listens would read the token."),
                Words.Of("请使用 https 地址。", "Use an address with https."), ExitCode.Denied);
        }
        if (await token(cancellationToken) is { } value)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", value);
        return await base.SendAsync(request, cancellationToken);
    }
}
