using System.Text.Json.Serialization;
using ClusterPulse.Access;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Gateway.Login;

/// <summary>Tells a client where to get a token for this server (RFC 9728), so that <c>clusterpulse login</c> needs no settings.</summary>
internal static class ProtectedResource
{
    public const string Path = "/.well-known/oauth-protected-resource";

    public static void MapProtectedResource(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, (IOptions<AccessOptions> options) => options.Value.Jwt is { } jwt
            ? Results.Json(new Document(jwt.Audience, [jwt.Issuer ?? jwt.Authority!], ["header"], jwt.ClientId))
            : Results.NotFound());

    /// <param name="Resource">What tokens must name as their audience.</param>
    /// <param name="AuthorizationServers">Who issues them.</param>
    /// <param name="BearerMethods">How they are sent.</param>
    /// <param name="ClientId">Which client a command is there.</param>
    private sealed record Document(
        [property: JsonPropertyName("resource")] string Resource,
        [property: JsonPropertyName("authorization_servers")] string[] AuthorizationServers,
        [property: JsonPropertyName("bearer_methods_supported")] string[] BearerMethods,
        [property: JsonPropertyName("clusterpulse_client_id")] string ClientId);
}
