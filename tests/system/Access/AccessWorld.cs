using ClusterPulse.Access;
using ClusterPulse.Gateway.AllInOne;
using ClusterPulse.SystemTests.Support;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace ClusterPulse.SystemTests.Access;

/// <summary>One program whose settings ask everybody who he is: a principal of each role for everything, and one of each for Suzhou alone.</summary>
public sealed class AccessWorld : IAsyncLifetime
{
    public static readonly Roles[] EachRole = [Roles.Bureau, Roles.Centre, Roles.Viewer, Roles.Operator, Roles.Scraper];

    private readonly TempFolder _folder = new();
    private readonly int _http = Ports.Free();

    public AccessWorld()
    {
        var grpc = Ports.Free();
        Issuer = new(_folder.Path);
        App = AllInOneApp.Build(new()
        {
            Data = _folder.Path, GrpcPort = grpc, HttpPort = _http, AsOf = new(2004, 12, 31), Quiet = true,
            AccessFile = Issuer.WriteAccess("Nobody", Principals()),
        });
        Channel = GrpcChannel.ForAddress($"http://127.0.0.1:{grpc}");
    }

    internal TestIssuer Issuer { get; }

    internal GrpcChannel Channel { get; }

    internal WebApplication App { get; }

    public static object[] Principals(params object[] more) =>
    [
        .. EachRole.Select(r => new { Id = Wide(r), Roles = r.ToString(), Bureau = r == Roles.Bureau ? "3205" : null, Divisions = new[] { "*" }, Feeds = new[] { "*" }, Level = "Enterprise" }),
        .. EachRole.Select(r => new { Id = Narrow(r), Roles = r.ToString(), Bureau = r == Roles.Bureau ? "3205" : null, Divisions = new[] { "3205" }, Feeds = new[] { "output" }, Level = "Aggregate" }),
        .. more,
    ];

    /// <summary>The principal of a role for all divisions, at the level of enterprises.</summary>
    public static string Wide(Roles role) => $"wide-{role}";

    /// <summary>The principal of a role for Suzhou, at the level of aggregates.</summary>
    public static string Narrow(Roles role) => $"narrow-{role}";

    /// <summary>A client that speaks JSON as a principal; null: as nobody.</summary>
    internal HttpClient Client(string? subject)
    {
        var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_http}") };
        if (subject is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", Issuer.Token(subject));
        return client;
    }

    public async ValueTask InitializeAsync() => await App.StartAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        Issuer.Dispose();
        _folder.Dispose();
    }
}
