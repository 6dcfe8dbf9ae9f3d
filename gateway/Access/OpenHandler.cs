using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Access;

/// <summary>Lets in whoever <see cref="AccessOptions.OpenTo"/> names without asking who he is.</summary>
public sealed class OpenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<AccessOptions> access)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme, and of identities' type.</summary>
    public new const string Scheme = "Open";

    /// <summary>Headers by which a proxy says that it passes on what another has asked.</summary>
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        access.Value.Open switch
        {
            Openness.Everybody => Success(),
            Openness.Loopback when IsLocal(Context) => Success(),
            _ => AuthenticateResult.NoResult(),
        });

    /// <summary>Whether the caller is on this machine. A name that is not the machine's own is a web page's that was made to point here.</summary>
    public static bool IsLocal(HttpContext call) =>
        call.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
        && !Forwarded.Any(call.Request.Headers.ContainsKey)
        && IsLoopbackName(call.Request.Host.Host);

    private static bool IsLoopbackName(string host) =>
        host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static AuthenticateResult Success() =>
        AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "local")], Scheme)), Scheme));
}
