using System.Collections.Frozen;
using System.Net;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Gateway.Access;

/// <summary>Says what of single firms a caller may see. Nobody tells who he is yet, so it goes by where he calls from.</summary>
public sealed class FirmAccess(IOptions<FirmAccessOptions> options, IndicatorCatalogue catalogue)
{
    /// <summary>Headers by which a proxy says that it passes on what another has asked.</summary>
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    private readonly FirmSight _none = new(
        options.Value.FirmFigures,
        catalogue.All.Where(i => i.Definition.IsRestricted).Select(i => i.Definition.Id).ToFrozenSet(StringComparer.Ordinal));

    private readonly FirmSight _all = new(options.Value.FirmFigures, FrozenSet<string>.Empty) { SeesFirms = true };

    /// <summary>What the caller may see.</summary>
    public FirmSight Of(ServerCallContext call) => Of(call.GetHttpContext());

    /// <summary>What the caller may see.</summary>
    public FirmSight Of(HttpContext call) => options.Value.FirmFigures switch
    {
        FirmAudience.Always => _all,
        FirmAudience.Loopback when IsLocal(call) => _all,
        _ => _none,
    };

    private static bool IsLocal(HttpContext call) =>
        call.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer) && !Forwarded.Any(call.Request.Headers.ContainsKey);
}

/// <summary>What of single firms one caller may see.</summary>
/// <param name="audience">Who may, for the text of a refusal.</param>
/// <param name="hidden">Ids of indicators that are not shown.</param>
public sealed class FirmSight(FirmAudience audience, IReadOnlySet<string> hidden)
{
    /// <summary>Figures and names of single firms are shown.</summary>
    public bool SeesFirms { get; init; }

    /// <summary>Whether an indicator's figures are not shown.</summary>
    public bool Hides(string indicator) => hidden.Contains(indicator);

    /// <exception cref="RpcException">PERMISSION_DENIED: it does not see them.</exception>
    public void RequireFirms()
    {
        if (SeesFirms)
            return;
        throw RichErrors.Denied(
            audience == FirmAudience.Loopback
                ? "Figures and names of single firms are given to callers on the gateway's own machine only (Access:FirmFigures is Loopback)."
                : "Figures and names of single firms are given to nobody here (Access:FirmFigures is Never).",
            audience == FirmAudience.Loopback
                ? "单个企业的数据和名称仅向网关本机的调用方提供（Access:FirmFigures 为 Loopback）。"
                : "此处不提供单个企业的数据和名称（Access:FirmFigures 为 Never）。");
    }

    /// <summary>The figures, the hidden ones without value and operands.</summary>
    public PlaceHealth Show(PlaceHealth health) => SeesFirms || !health.Figures.Any(f => Hides(f.Indicator))
        ? health
        : health with { Figures = [.. health.Figures.Select(Show)] };

    /// <inheritdoc cref="Show(PlaceHealth)"/>
    public PlaceFigure Show(PlaceFigure figure) => Hides(figure.Indicator) ? figure with { Figure = Suppressed(figure.Figure) } : figure;

    /// <summary>The vintage, without value where it is hidden.</summary>
    public StoredVintage Show(StoredVintage stored) => Hides(stored.Vintage.Indicator)
        ? stored with { Vintage = stored.Vintage with { Value = null, Reason = Unavailable.Suppressed } }
        : stored;

    private static Figure Suppressed(Figure figure) => Figure.Not(Unavailable.Suppressed) with { Labels = figure.Labels };
}
