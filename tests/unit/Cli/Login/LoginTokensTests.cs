using System.Net;
using System.Text;
using ClusterPulse.Cli;
using ClusterPulse.Cli.Login;
using ClusterPulse.Cli.Server;
using Duende.IdentityModel.Client;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Login;

public sealed class LoginTokensTests : IDisposable
{
    private const string Discovery =
        """{"issuer":"https://id.example","token_endpoint":"https://id.example/token","jwks_uri":"https://id.example/keys"}""";

    private static readonly Uri Server = new("https://pulse.example:5001");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    private Func<HttpRequestMessage, HttpResponseMessage> _provider = _ => throw new HttpRequestException("no route");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task While_the_provider_is_away_a_token_is_used_until_it_ends()
    {
        var tokens = Tokens(lasts: TimeSpan.FromSeconds(20));

        Assert.Equal("old", await tokens.GetAsync(default));

        _time.Advance(TimeSpan.FromSeconds(20));
        var failure = await Assert.ThrowsAsync<CommandFailure>(() => tokens.GetAsync(default));
        Assert.Equal(ExitCode.ServerLost, failure.Code);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    public async Task A_provider_that_says_no_is_not_one_that_is_away(HttpStatusCode status, bool isAway)
    {
        _provider = Says(status, """{"error":"invalid_grant"}""");

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Tokens(lasts: TimeSpan.Zero).GetAsync(default));

        Assert.Equal(isAway ? ExitCode.ServerLost : ExitCode.Denied, failure.Code);
    }

    [Fact]
    public async Task The_next_token_is_used_and_kept()
    {
        _provider = Says(HttpStatusCode.OK, """{"access_token":"new","expires_in":300}""");

        Assert.Equal("new", await Tokens(lasts: TimeSpan.Zero).GetAsync(default));
        Assert.Equal("new", new TokenStore(_folder.FullName).Find(Server)!.AccessToken);
    }

    [Fact]
    public async Task What_another_command_has_renewed_meanwhile_is_used()
    {
        var tokens = Tokens(lasts: TimeSpan.Zero);
        new TokenStore(_folder.FullName).Save(Server, new("theirs", "next", _time.GetUtcNow().AddMinutes(5), "https://id.example", "cli"));

        Assert.Equal("theirs", await tokens.GetAsync(default));
    }

    [Fact]
    public async Task A_refusal_without_a_word_is_no_login()
    {
        _provider = Says(HttpStatusCode.BadRequest, "{}");
        using var http = new HttpClient(new Provider(r => _provider(r)));
        var provider = new OpenIdProvider(http, "https://id.example", "cli", TimeProvider.System);
        using var message = new HttpResponseMessage { Content = new StringContent("""{"device_code":"d","interval":1}""") };
        var begun = await ProtocolResponse.FromHttpResponseAsync<DeviceAuthorizationResponse>(message);

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => provider.WaitAsync(begun, TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Denied, failure.Code);
    }

    private LoginTokens Tokens(TimeSpan lasts)
    {
        var store = new TokenStore(_folder.FullName);
        store.Save(Server, new("old", "refresh", _time.GetUtcNow() + lasts, "https://id.example", "cli"));
        return new(store, Server, () => new HttpClient(new Provider(r => _provider(r))), _time);
    }

    /// <summary>A provider that is found, and answers so when it is asked for a token.</summary>
    private static Func<HttpRequestMessage, HttpResponseMessage> Says(HttpStatusCode status, string json) => request => request.RequestUri!.AbsolutePath switch
    {
        "/token" => Json(status, json),
        "/keys" => Json(HttpStatusCode.OK, """{"keys":[]}"""),
        _ => Json(HttpStatusCode.OK, Discovery),
    };

    private static HttpResponseMessage Json(HttpStatusCode status, string json) => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    private sealed class Provider(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = answer(request);
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }
}
