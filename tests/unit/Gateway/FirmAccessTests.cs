using System.Net;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Access;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>Who sees single firms, and what the others get instead.</summary>
public sealed class FirmAccessTests
{
    private static readonly Month June = new(2004, 6);

    [Theory]
    [InlineData(FirmAudience.Loopback, "127.0.0.1", null, true)]
    [InlineData(FirmAudience.Loopback, "::1", null, true)]
    [InlineData(FirmAudience.Loopback, "::ffff:127.0.0.1", null, true)]
    [InlineData(FirmAudience.Loopback, "10.1.2.3", null, false)]
    [InlineData(FirmAudience.Loopback, null, null, false)]
    [InlineData(FirmAudience.Loopback, "127.0.0.1", "X-Forwarded-For", false)]
    [InlineData(FirmAudience.Loopback, "127.0.0.1", "forwarded", false)]
    [InlineData(FirmAudience.Always, "10.1.2.3", null, true)]
    [InlineData(FirmAudience.Never, "127.0.0.1", null, false)]
    public void It_goes_by_the_setting_and_by_where_the_caller_is(FirmAudience audience, string? peer, string? header, bool sees)
    {
        var call = new DefaultHttpContext();
        call.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        if (header is not null)
            call.Request.Headers[header] = "10.1.2.3";

        Assert.Equal(sees, Access(audience).Of(call).SeesFirms);
    }

    [Fact]
    public void The_setting_is_for_the_gateways_own_machine_unless_it_says_otherwise() =>
        Assert.Equal(FirmAudience.Loopback, new FirmAccessOptions().FirmFigures);

    [Fact]
    public void Others_get_no_value_no_reason_but_suppression_and_no_operands()
    {
        var sight = new FirmSight(FirmAudience.Loopback, new HashSet<string> { "secret" });
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

    [Theory]
    [InlineData(FirmAudience.Loopback, "own machine")]
    [InlineData(FirmAudience.Never, "nobody")]
    public void Names_are_denied_with_the_setting_that_decides(FirmAudience audience, string words)
    {
        var denied = Assert.Throws<RpcException>(() => new FirmSight(audience, new HashSet<string>()).RequireFirms());

        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);
        Assert.Contains(words, denied.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("Access:FirmFigures", denied.Status.Detail, StringComparison.Ordinal);
    }

    private static FirmAccess Access(FirmAudience audience) => new(Options.Create(new FirmAccessOptions { FirmFigures = audience }), new());

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
}
