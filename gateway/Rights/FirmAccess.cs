using System.Collections.Frozen;
using ClusterPulse.Access;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using Grpc.Core;

namespace ClusterPulse.Gateway.Rights;

/// <summary>Says what of single firms a caller may see: it goes by his level.</summary>
public sealed class FirmAccess(IndicatorCatalogue catalogue)
{
    private readonly FirmSight _none = new(
        catalogue.All.Where(i => i.Definition.IsRestricted).Select(i => i.Definition.Id).ToFrozenSet(StringComparer.Ordinal));

    private readonly FirmSight _all = new(FrozenSet<string>.Empty) { SeesFirms = true };

    /// <summary>What the caller may see.</summary>
    public FirmSight Of(ServerCallContext call) => Of(call.GetHttpContext().Caller());

    /// <summary>What the caller may see.</summary>
    public FirmSight Of(Caller caller) => caller.Level == SightLevel.Enterprise ? _all : _none;
}

/// <summary>What of single firms one caller may see.</summary>
/// <param name="hidden">Ids of indicators that are not shown.</param>
public sealed class FirmSight(IReadOnlySet<string> hidden)
{
    /// <summary>Figures and names of single firms are shown.</summary>
    public bool SeesFirms { get; init; }

    /// <summary>Whether an indicator's figures are not shown.</summary>
    public bool Hides(string indicator) => hidden.Contains(indicator);

    /// <exception cref="RpcException">PERMISSION_DENIED: it does not see them.</exception>
    public void RequireFirms()
    {
        if (!SeesFirms)
            throw Denied();
    }

    /// <summary>PERMISSION_DENIED: single firms are not shown to the caller.</summary>
    public static RpcException Denied() => RichErrors.Denied(
        "Figures and names of single firms are given to principals of level Enterprise only; yours is Aggregate. Ask the operator.",
        "单个企业的数据和名称仅向 Enterprise 级别的主体提供，您的级别为 Aggregate。请联系系统管理员。");

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
