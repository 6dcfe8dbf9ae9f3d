using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ClusterPulse.Gateway.AllInOne;
using ClusterPulse.Gateway.Cluster;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.SystemTests.Access;

/// <summary>Real handshakes with certificates of authorities made for the test.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _servers = new("Servers");
    private readonly TestAuthority _clients = new("Clients");
    private readonly TestAuthority _strangers = new("Strangers");
    private readonly int _grpc = Ports.Free();
    private readonly int _http = Ports.Free();
    private readonly WebApplication _app;

    public TlsTests()
    {
        var (certificate, key) = TestAuthority.Write(_servers.Issue("CN=gateway", server: true), _folder.Path, "server");
        var access = Path.Combine(_folder.Path, "access.json");
        File.WriteAllText(access, JsonSerializer.Serialize(new
        {
            Access = new
            {
                Certificates = new { AuthorityFile = _clients.Write(Path.Combine(_folder.Path, "clients.pem")) },
                Principals = new object[]
                {
                    new { Id = "viewer", Roles = "Viewer", Divisions = new[] { "3205" } },
                    new { Id = "admin", Roles = "Operator", CertificateSubject = "CN=admin, O=Jiangsu" },
                },
            },
        }));
        _app = AllInOneApp.Build(new()
        {
            Data = Path.Combine(_folder.Path, "data"), GrpcPort = _grpc, HttpPort = _http, AsOf = new(2004, 12, 31), Quiet = true,
            AccessFile = access, TlsCertificate = certificate, TlsKey = key,
        });
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _servers.Dispose();
        _clients.Dispose();
        _strangers.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_client_certificate_says_who_calls()
    {
        Assert.Equal(StatusCode.OK, (await AskAsync(_clients.Issue("CN=viewer", server: false))).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await AskAsync(_clients.Issue("CN=viewer", server: false), "regions/3305")).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await AskAsync(null)).StatusCode);
    }

    [Fact]
    public async Task A_certificate_that_is_too_old_or_by_a_stranger_or_for_servers_or_of_nobody_is_refused()
    {
        Assert.Equal(StatusCode.Unauthenticated, (await AskAsync(_clients.Issue("CN=viewer", server: false, DateTimeOffset.UtcNow.AddDays(-1)))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await AskAsync(_strangers.Issue("CN=viewer", server: false))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await AskAsync(_clients.Issue("CN=viewer", server: true))).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await AskAsync(_clients.Issue("CN=somebody", server: false))).StatusCode);
    }

    [Fact]
    public async Task Where_the_whole_subject_is_asked_for_the_name_alone_does_not_do()
    {
        using var admin = Client(_clients.Issue("CN=admin, O=Jiangsu", server: false));
        using var other = Client(_clients.Issue("CN=admin, O=Zhejiang", server: false));

        Assert.Equal(200, (int)(await admin.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(403, (int)(await other.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Without_tls_there_is_no_answer_and_a_client_that_does_not_know_the_authority_does_not_ask()
    {
        using var plain = GrpcChannel.ForAddress($"http://127.0.0.1:{_grpc}");
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new IndicatorService.IndicatorServiceClient(plain).ListIndicatorsAsync(new()));
        Assert.NotEqual(StatusCode.Unauthenticated, refused.StatusCode);
        using var unknowing = new HttpClient { BaseAddress = new($"https://127.0.0.1:{_http}") };
        await Assert.ThrowsAsync<HttpRequestException>(() => unknowing.GetAsync("/healthz"));
    }

    [Fact]
    public async Task A_renewed_certificate_counts_without_a_restart_and_a_broken_one_does_not()
    {
        var first = await ShownAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "server.pem"), "no certificate", TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(6), TestContext.Current.CancellationToken);
        Assert.Equal(first, await ShownAsync());

        var renewed = _servers.Issue("CN=gateway", server: true);
        TestAuthority.Write(renewed, _folder.Path, "server");
        await Eventually.TrueAsync(async () => await ShownAsync() == renewed.Thumbprint, seconds: 30);
    }

    [Fact]
    public void Outside_loopback_nothing_starts_without_a_certificate()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => ClusterGatewayApp.Build(new() { ConnectionString = "Host=db", Address = "0.0.0.0" }));
        Assert.Contains("--tls-cert", refused.Message, StringComparison.Ordinal);
        var missing = Assert.Throws<OptionsValidationException>(() =>
            ClusterGatewayApp.Build(new() { ConnectionString = "Host=db", Address = "0.0.0.0", TlsCertificate = "/none.pem" }));
        Assert.Contains("/none.pem", missing.Message, StringComparison.Ordinal);
    }

    private async Task<Status> AskAsync(X509Certificate2? certificate, string place = "regions/3205")
    {
        using var channel = GrpcChannel.ForAddress($"https://127.0.0.1:{_grpc}", new() { HttpHandler = Handler(certificate), DisposeHttpClient = true });
        try
        {
            await new IndicatorService.IndicatorServiceClient(channel).GetHealthAsync(new() { Name = place });
            return Status.DefaultSuccess;
        }
        catch (RpcException e)
        {
            return e.Status;
        }
    }

    private async Task<string?> ShownAsync()
    {
        string? shown = null;
        using var handler = Handler(null);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = ((X509Certificate2)certificate!).Thumbprint) is not null;
        using var client = new HttpClient(handler) { BaseAddress = new($"https://127.0.0.1:{_http}") };
        Assert.True((await client.GetAsync("/healthz")).IsSuccessStatusCode);
        return shown;
    }

    private HttpClient Client(X509Certificate2 certificate) => new(Handler(certificate)) { BaseAddress = new($"https://127.0.0.1:{_http}") };

    private SocketsHttpHandler Handler(X509Certificate2? certificate) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            // Whatever the server asks for: also what it will not take.
            LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { _servers.Certificate }, RevocationMode = X509RevocationMode.NoCheck },
        },
    };
}
