using System.Net;
using System.Text.Json;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Login;

/// <summary>Where a server says that tokens for it come from (RFC 9728).</summary>
internal sealed record LoginServer(string Issuer, string ClientId)
{
    /// <summary>Asks the server.</summary>
    /// <exception cref="CommandFailure">It does not answer, or takes no tokens.</exception>
    public static async Task<LoginServer> FindAsync(HttpClient http, Uri server, CancellationToken cancellation)
    {
        try
        {
            // The address is that of gRPC, where plain HTTP/2 is spoken.
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/.well-known/oauth-protected-resource"))
            {
                Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.NotFound)
                throw NoTokens(server);
            response.EnsureSuccessStatusCode();
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            var issuer = document.RootElement.GetProperty("authorization_servers").EnumerateArray().FirstOrDefault();
            if (issuer.ValueKind != JsonValueKind.String)
                throw NoIssuer(server, Words.Of("authorization_servers 为空", "its authorization_servers are empty"));
            return new(
                issuer.GetString()!,
                document.RootElement.TryGetProperty("clusterpulse_client_id", out var id) ? id.GetString()! : "clusterpulse-cli");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw NoIssuer(server, e.Message);
        }
    }

    private static CommandFailure NoIssuer(Uri server, string why) => new(
        Words.Of($"{server} 未说明在何处登录：{why}", $"{server} does not say where to log in: {why}"),
        Words.Of("请以 --server 指定服务器，或以 --issuer 指定身份提供方。", "Name the server with --server, or the provider with --issuer."), ExitCode.ServerLost);

    private static CommandFailure NoTokens(Uri server) => new(
        Words.Of($"{server} 不使用令牌。", $"{server} takes no tokens."),
        Words.Of("无需登录；若它要求客户端证书，请用 --client-cert。", "There is nothing to log in to; where it asks for client certificates use --client-cert."));
}
