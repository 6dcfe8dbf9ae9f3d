using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Indicators;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Regions;
using ClusterPulse.V1;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>Turns requests for what changed a figure into questions to the silos, and their answers into messages.</summary>
public sealed class ChangeQueries(IGrainFactory grains, PlaceQueries queries, IndicatorCatalogue catalogue)
{
    private const int Year = 12;

    /// <exception cref="Grpc.Core.RpcException">A field of the request is wrong.</exception>
    public async Task<ExplainChangeResponse> ExplainAsync(ExplainChangeRequest request)
    {
        var place = await queries.PlaceAsync(request.Name);
        var indicator = Indicator(request.Indicator);
        var by = await WayAsync(request.By, place);
        var (from, to) = (PlaceQueries.Month("from", request.From), PlaceQueries.Month("to", request.To));
        var labels = string.Join(',', PlaceQueries.Split(request.Labels));
        // Figures of clusters cannot be taken apart.
        var health = (await grains.PlaceGrain(place).GetHealthAsync(to)).OfPlace(catalogue);
        var known = Figure(health, indicator, labels, request);
        if (to is null && known is null)
            return new() { Then = Missing(place, indicator), Now = Missing(place, indicator) };
        var later = to ?? known!.Period;
        var earlier = from ?? later - Year;
        if (earlier >= later || earlier < Month.Earliest)
            throw RichErrors.Invalid(new Violation("from", earlier.ToString(), Reasons.OutOfBounds));
        var explanation = await grains.GetGrain<IExplainGrain>(0).ExplainAsync(new()
        {
            Place = place,
            Indicator = indicator,
            Labels = labels,
            From = earlier,
            To = later,
            By = by,
            Parts = await PartsAsync(by, place),
        });
        return explanation.ToMessage(health, indicator);
    }

    /// <summary>The figure that the labels name; null where the indicator has none for the month.</summary>
    private static PlaceFigure? Figure(PlaceHealth health, string indicator, string labels, ExplainChangeRequest request)
    {
        var figures = health.Figures.Where(f => f.Indicator == indicator).ToList();
        if (figures.Count == 0)
            return null;
        var named = figures.Where(f => f.Figure.HasLabels(labels)).ToList();
        return named.Count == 1
            ? named[0]
            : throw RichErrors.Invalid(new Violation("labels", string.Join(',', request.Labels), Reasons.AmbiguousLabels));
    }

    private string Indicator(string name)
    {
        if (queries.Indicators("indicator", [name]) is not { Count: 1 } one)
            throw RichErrors.Invalid(new Violation("indicator", name, name.Length == 0 ? Reasons.MissingField : Reasons.UnknownIndicator));
        return catalogue.Find(one.First())!.Definition.ComparedWith == Peer.None
            ? one.First()
            : throw RichErrors.Invalid(new Violation("indicator", name, Reasons.NotExplained));
    }

    private async Task<ExplainBy> WayAsync(string by, string place) => by switch
    {
        "" => (await queries.ChildrenAsync(place, estates: false)).Count > 0 ? ExplainBy.Children : ExplainBy.Operands,
        "children" => ExplainBy.Children,
        "industries" => ExplainBy.Industries,
        "sources" => ExplainBy.Sources,
        "estates" => ExplainBy.Estates,
        "operands" => ExplainBy.Operands,
        _ => throw RichErrors.Invalid(new Violation("by", by, Reasons.UnknownField)),
    };

    private async Task<ImmutableArray<string>> PartsAsync(ExplainBy by, string place) => by switch
    {
        ExplainBy.Children => [.. await queries.ChildrenAsync(place, estates: false)],
        ExplainBy.Estates => [.. (await queries.ChildrenAsync(place, estates: true)).Where(Places.IsEstate)],
        _ => [],
    };

    private static Observation Missing(string place, string indicator) =>
        new() { Name = place, Indicator = HealthMessages.Prefix + indicator, Unavailable = V1.Unavailable.Incomplete };
}
