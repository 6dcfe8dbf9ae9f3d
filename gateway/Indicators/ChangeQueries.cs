using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Indicators;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Regions;
using ClusterPulse.V1;
using Google.Rpc;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>Turns requests for what changed a figure into questions to the silos, and their answers into messages.</summary>
public sealed class ChangeQueries(IGrainFactory grains, PlaceQueries queries, IndicatorCatalogue catalogue)
{
    private const int Year = 12;
    private const int DefaultNamed = 20;
    private const int MostNames = 1_000;

    /// <exception cref="Grpc.Core.RpcException">A field of the request is wrong, or it asks for firms and the caller may not see any.</exception>
    public async Task<ExplainChangeResponse> ExplainAsync(ExplainChangeRequest request, FirmSight sight)
    {
        var place = await queries.PlaceAsync(request.Name);
        var indicator = Indicator(request.Indicator);
        var by = await WayAsync(request.By, place);
        var (from, to) = (PlaceQueries.Month("from", request.From), PlaceQueries.Month("to", request.To));
        var labels = string.Join(',', PlaceQueries.Split(request.Labels));
        if (sight.Hides(indicator))
            return new() { Then = Missing(place, indicator, V1.Unavailable.Suppressed), Now = Missing(place, indicator, V1.Unavailable.Suppressed) };
        if (by == ExplainBy.Enterprises)
            sight.RequireFirms();
        var health = await HealthAsync(place, indicator, to);
        var known = Figure(health, indicator, labels, request);
        if (to is null && known is null)
            return new() { Then = Missing(place, indicator), Now = Missing(place, indicator) };
        var later = to ?? known!.Period;
        var earlier = from ?? later - Year;
        if (earlier >= later || earlier < Month.Earliest)
            throw RichErrors.Invalid(new Violation("from", earlier.ToString(), Reasons.OutOfBounds));
        var explanation = await ExplainAsync(MostNamed(request), new()
        {
            Place = place,
            Indicator = indicator,
            Labels = labels,
            From = earlier,
            To = later,
            By = by,
            Parts = await PartsAsync(by, place),
            Above = health.Parent,
        });
        return explanation.ToMessage(health, indicator);
    }

    private async Task<Explanation> ExplainAsync(int most, ExplainQuery query)
    {
        var grain = grains.GetGrain<IExplainGrain>(0);
        if (query.By != ExplainBy.Enterprises)
            return await grain.ExplainAsync(query);
        try
        {
            return await grain.ExplainEnterprisesAsync(query, most);
        }
        catch (TooManyEnterprisesException e)
        {
            throw RichErrors.Conflict(
                Code.FailedPrecondition,
                $"More than {e.Most} enterprises were in {query.Place}. Explain a region or an estate below it.",
                $"{query.Place} 内企业超过 {e.Most} 家。请对其下级区域或园区进行分解。");
        }
    }

    /// <summary>Its figures at a month, or the newest ones, with those of which there are many where one of these is meant.</summary>
    private async Task<PlaceHealth> HealthAsync(string place, string indicator, Month? period)
    {
        var grain = grains.PlaceGrain(place);
        // Figures of clusters cannot be taken apart.
        var health = (await grain.GetHealthAsync(period)).OfPlace(catalogue);
        return period is null && catalogue.Find(indicator)!.Definition.IsDetail
            ? health with { Figures = [.. health.Figures, .. await grain.GetDetailsAsync()] }
            : health;
    }

    private static int MostNamed(ExplainChangeRequest request) => request.PageSize switch
    {
        0 => DefaultNamed,
        >= 1 and <= MostNames => request.PageSize,
        _ => throw RichErrors.Invalid(
            new Violation("page_size", request.PageSize.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds)),
    };

    /// <summary>The figure that the labels name; null where the indicator has none for the month.</summary>
    private static PlaceFigure? Figure(PlaceHealth health, string indicator, string labels, ExplainChangeRequest request)
    {
        var figures = health.Figures.Where(f => f.Indicator == indicator).ToList();
        if (figures.Count == 0)
            return null;
        return ClusterPulse.Indicators.Figure.Named(figures, labels, f => f.Figure)
            ?? throw RichErrors.Invalid(new Violation("labels", string.Join(',', request.Labels), Reasons.AmbiguousLabels));
    }

    private string Indicator(string name)
    {
        if (queries.Indicators("indicator", [name]) is not { Count: 1 } one)
            throw RichErrors.Invalid(new Violation("indicator", name, name.Length == 0 ? Reasons.MissingField : Reasons.UnknownIndicator));
        return ExplainMethods.Explains(one.First())
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
        "enterprises" => ExplainBy.Enterprises,
        _ => throw RichErrors.Invalid(new Violation("by", by, Reasons.UnknownField)),
    };

    private async Task<ImmutableArray<string>> PartsAsync(ExplainBy by, string place) => by switch
    {
        ExplainBy.Children => [.. await queries.ChildrenAsync(place, estates: false)],
        ExplainBy.Estates => [.. (await queries.ChildrenAsync(place, estates: true)).Where(Places.IsEstate)],
        _ => [],
    };

    private static Observation Missing(string place, string indicator, V1.Unavailable reason = V1.Unavailable.Incomplete) =>
        new() { Name = place, Indicator = HealthMessages.Prefix + indicator, Unavailable = reason };
}
