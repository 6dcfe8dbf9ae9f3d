using System.Net;
using System.Text.Encodings.Web;
using ClusterPulse.Access;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.UnitTests.Access;

/// <summary>Who sees single firms, and what the others get instead.</summary>
public sealed class FirmSightTests
{
    private static readonly Month June = new(2004, 6);

    [Theory]
    [InlineData(Openness.Loopback, "127.0.0.1", null, "127.0.0.1", true)]
    [InlineData(Openness.Loopback, "::1", null, "[::1]", true)]
    [InlineData(Openness.Loopback, "::ffff:127.0.0.1", null, "localhost", true)]
    [InlineData(Openness.Loopback, "10.1.2.3", null, "localhost", false)]
    [InlineData(Openness.Loopback, null, null, "localhost", false)]
    [InlineData(Openness.Loopback, "127.0.0.1", "X-Forwarded-For", "localhost", false)]
    [InlineData(Openness.Loopback, "127.0.0.1", "forwarded", "localhost", false)]
    [InlineData(Openness.Loopback, "127.0.0.1", null, "evil.example", false)]
    [InlineData(Openness.Everybody, "10.1.2.3", null, "gateway", true)]
    [InlineData(Openness.Nobody, "127.0.0.1", null, "localhost", false)]
    public async Task Who_is_let_in_unasked_goes_by_the_setting_and_by_where_he_calls_from(
        Openness open, string? peer, string? header, string host, bool isIn)
    {
        var call = new DefaultHttpContext();
        call.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        call.Request.Host = new(host);
        if (header is not null)
            call.Request.Headers[header] = "10.1.2.3";
        var handler = new OpenHandler(
            new Fixed<AuthenticationSchemeOptions>(new()), NullLoggerFactory.Instance, UrlEncoder.Default,
            Options.Create(new AccessOptions { OpenTo = open }));
        await handler.InitializeAsync(new(OpenHandler.Scheme, null, typeof(OpenHandler)), call);

        Assert.Equal(isIn, (await handler.AuthenticateAsync()).Succeeded);
    }

    [Fact]
    public void Open_to_the_own_machine_unless_there_is_a_way_to_say_who_one_is()
    {
        Assert.Equal(Openness.Loopback, new AccessOptions().Open);
        Assert.Equal(Openness.Nobody, new AccessOptions { Jwt = new() }.Open);
        Assert.Equal(Openness.Nobody, new AccessOptions { Certificates = new() }.Open);
        Assert.Equal(Openness.Loopback, new AccessOptions { Jwt = new(), OpenTo = Openness.Loopback }.Open);
    }

    [Theory]
    [InlineData(SightLevel.Enterprise, true)]
    [InlineData(SightLevel.Aggregate, false)]
    public void Single_firms_are_for_the_level_of_enterprises(SightLevel level, bool sees) =>
        Assert.Equal(sees, new FirmAccess(new()).Of(new Caller { Id = "x", Roles = Roles.Viewer, Level = level }).SeesFirms);

    [Fact]
    public void Others_get_no_value_no_reason_but_suppression_and_no_operands()
    {
        var sight = new FirmSight(new HashSet<string> { "secret" });
        var shown = sight.Show(Health(Figure.Of(0.7, new Operand("share", 0.7, "ratio")).With("top", "1")));
        var missing = sight.Show(Health(Figure.Not(Unavailable.NoRate)));

        Assert.Equal(new Figure("top=1", null, Unavailable.Suppressed, []), shown.Figures[0].Figure with { Operands = [] });
        Assert.Empty(shown.Figures[0].Figure.Operands);
        Assert.Equal(Unavailable.Suppressed, missing.Figures[0].Figure.Reason);
        Assert.Equal(0.5, shown.Figures[1].Figure.Value);
        var vintage = new StoredVintage(
            1, "regions/3205", new("secret", "top=1", June, 0.7, Unavailable.None, FigureStatus.Final, 1), DateTimeOffset.UnixEpoch);
        Assert.Equal((null, Unavailable.Suppressed), (sight.Show(vintage).Vintage.Value, sight.Show(vintage).Vintage.Reason));
    }

    [Fact]
    public void Names_are_denied_with_the_level_that_decides()
    {
        var denied = Assert.Throws<RpcException>(() => new FirmSight(new HashSet<string>()).RequireFirms());

        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);
        Assert.Contains("level Enterprise", denied.Status.Detail, StringComparison.Ordinal);
    }

    private static PlaceHealth Health(Figure figure) => new()
    {
        Place = "regions/3205",
        Level = "prefecture",
        NameZh = "苏州市",
        NameEn = "Suzhou",
        Path = "苏州市",
        Figures =
        [
            new("secret", June, figure, FigureStatus.Provisional, 1),
            new("plain", June, Figure.Of(0.5), FigureStatus.Provisional, 1),
        ],
    };

    private sealed class Fixed<T>(T value) : IOptionsMonitor<T>
    {
        public T CurrentValue => value;

        public T Get(string? name) => value;

        public IDisposable? OnChange(Action<T, string?> listener) => null;
    }
}
