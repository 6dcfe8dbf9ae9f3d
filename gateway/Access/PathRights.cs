using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterPulse.Access;

/// <summary>Rights of an HTTP path that is no method of the API.</summary>
/// <param name="Path">Its route.</param>
/// <param name="Right">Who may reach it.</param>
/// <param name="Scope">What of it is shown to whom, for the documentation.</param>
public sealed record PathRight(string Path, EntryRight Right, string Scope);

/// <summary>The one table of HTTP paths; <c>docs/access.md</c> shows the same.</summary>
public sealed class PathRights : IRightTable
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<PathRight> All { get; } =
    [
        new("/healthz", new(Roles.None, Public: true), "says ready or not, and why not"),
        new("/livez", new(Roles.None, Public: true), "says whether to start it again"),
        new("/openapi.json", new(Roles.None, Public: true), "what the API looks like, nothing that it holds"),
        new("/.well-known/oauth-protected-resource", new(Roles.None, Public: true), "says where to log in"),
        new("/issuer/.well-known/openid-configuration", new(Roles.None, Public: true), "with `--local-issuer`, on loopback"),
        new("/issuer/jwks", new(Roles.None, Public: true), "with `--local-issuer`, on loopback"),
        new("/issuer/device_authorization", new(Roles.None, Public: true), "with `--local-issuer`, on loopback"),
        new("/issuer/token", new(Roles.None, Public: true), "with `--local-issuer`, on loopback"),
        new("/issuer/device", new(Roles.None, Public: true), "with `--local-issuer`, on loopback"),
        new("/metrics", new(Roles.Scraper | Roles.Operator), "the process, no figures of the domain"),
        new("/metrics/domain", new(Roles.Scraper | Roles.Centre, Everywhere: true), "all divisions (`*`)"),
        new("/metrics/domain/{province}", new(Roles.Scraper | Roles.Centre, RegionOfRoute: "province"), "the province is the caller's"),
    ];

    private static readonly FrozenDictionary<string, EntryRight> ByPath = All.ToFrozenDictionary(r => r.Path, r => r.Right, StringComparer.Ordinal);

    public EntryRight? Find(Endpoint endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } path } && ByPath.TryGetValue("/" + path.TrimStart('/'), out var right) ? right : null;
}
