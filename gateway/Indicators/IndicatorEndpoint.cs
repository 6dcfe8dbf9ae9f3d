using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Indicators;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>IndicatorService.</summary>
public sealed class IndicatorEndpoint(
    IGrainFactory grains, PlaceQueries queries, ClusterQueries clusters, ChangeQueries changes, ExitQueries exits, LeadingQueries leading,
    FirmAccess firms, IndicatorCatalogue catalogue)
    : IndicatorService.IndicatorServiceBase
{
    private const int MostObservations = 10_000;
    private const int MostHealths = 500;

    /// <summary>Places that are asked at the same time.</summary>
    private const int Parallel = 32;

    public override Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListIndicatorsResponse { Indicators = { catalogue.All.Select(i => i.Definition.ToMessage()) } });

    public override async Task<Health> GetHealth(GetHealthRequest request, ServerCallContext context)
    {
        var cluster = ClusterQueries.Parse(request.Name);
        var place = await queries.PlaceAsync(cluster?.Region ?? request.Name);
        var period = PlaceQueries.Month("period", request.Period);
        var asOf = Moments.Optional("as_of", request.AsOf);
        var grain = grains.PlaceGrain(place);
        if (request.MinCommitToken.Length > 0)
        {
            if (!CommitToken.TryParse(request.MinCommitToken, out var commits))
                throw RichErrors.Invalid(new Violation("min_commit_token", request.MinCommitToken, Reasons.MalformedToken));
            await grain.CatchUpAsync(commits);
        }
        var sight = firms.Of(context);
        var health = sight.Show(await grain.GetHealthAsync(period));
        if (cluster is { Cluster: var label })
        {
            return request.AsOf is null
                ? await clusters.HealthAsync(health, request.Name, label)
                : throw RichErrors.Invalid(new Violation("as_of", request.AsOf.ToString(), Reasons.UnknownField));
        }
        health = health.OfPlace(catalogue);
        if (request.AsOf is null)
            return (period is null ? sight.Show(await WithDetailsAsync(health)) : health).ToMessage(catalogue);
        var then = (health with { Figures = [] }).ToMessage(catalogue);
        var past = await grains.GetGrain<IHistoryGrain>(0).QueryAsync(new()
        {
            Places = [place],
            Start = period,
            End = period,
            AsOf = asOf,
            Limit = int.MaxValue,
        });
        then.Observations.Clear();
        then.Observations.AddRange(past
            .Where(v => !catalogue.IsOfCluster(v.Vintage.Indicator, v.Vintage.Labels))
            .GroupBy(v => (v.Vintage.Indicator, v.Vintage.Labels))
            .Select(figure => sight.Show(figure.MaxBy(v => v.Vintage.Period)!).ToMessage()));
        then.FillGaps(catalogue);
        return then;
    }

    public override async Task<ListHealthResponse> ListHealth(ListHealthRequest request, ServerCallContext context)
    {
        var parent = await queries.PlaceAsync(request.Parent);
        var wanted = queries.Indicators("indicators", request.Indicators);
        var order = Order(request.OrderBy);
        var sight = firms.Of(context);
        var children = await queries.ChildrenAsync(parent, request.Estates);
        var skip = (int)Math.Min(Offset(request.PageToken), children.Count);
        var size = request.PageSize is > 0 and <= MostHealths ? request.PageSize : MostHealths;
        IEnumerable<Regions.PlaceHealth> page;
        if (order is var (indicator, descending))
        {
            // As the caller sees them: the order would tell what the figures do not.
            var healths = await HealthsAsync(children, sight);
            // Places without the figure come last either way.
            double Key(Regions.PlaceHealth h) => h.Figures.FirstOrDefault(f => f.Indicator == indicator)?.Figure.Value
                ?? (descending ? double.NegativeInfinity : double.PositiveInfinity);
            page = (descending ? healths.OrderByDescending(Key) : healths.OrderBy(Key)).Skip(skip).Take(size);
        }
        else
        {
            page = await HealthsAsync(children.Skip(skip).Take(size), sight);
        }
        var response = new ListHealthResponse
        {
            NextPageToken = skip + size < children.Count ? (skip + size).ToString(CultureInfo.InvariantCulture) : "",
        };
        response.Healths.AddRange(page.Select(h => h.ToMessage(catalogue, wanted)));
        return response;
    }

    public override async Task<ListClustersResponse> ListClusters(ListClustersRequest request, ServerCallContext context)
    {
        var parent = await queries.PlaceAsync(request.Parent);
        var order = Order(request.OrderBy);
        var size = request.PageSize is > 0 and <= MostHealths ? request.PageSize : MostHealths;
        var found = await clusters.ListAsync(await grains.PlaceGrain(parent).GetHealthAsync(null));
        return ClusterQueries.Page(found, order, (int)Math.Min(Offset(request.PageToken), found.Count), size);
    }

    public override async Task<QueryObservationsResponse> QueryObservations(QueryObservationsRequest request, ServerCallContext context)
    {
        var names = PlaceQueries.Split(request.Names).ToList();
        if (names.Count == 0)
            throw RichErrors.Invalid(new Violation("names", "", Reasons.MissingField));
        foreach (var name in names)
            await queries.PlaceAsync(ClusterQueries.Parse(name)?.Region ?? name);
        var indicators = queries.Indicators("indicators", request.Indicators)
            ?? throw RichErrors.Invalid(new Violation("indicators", "", Reasons.MissingField));
        var size = request.PageSize is > 0 and <= MostObservations ? request.PageSize : MostObservations;
        var found = await grains.GetGrain<IHistoryGrain>(0).QueryAsync(new()
        {
            Places = [.. names.Select(n => ClusterQueries.Parse(n)?.Region ?? n).Distinct(StringComparer.Ordinal)],
            Indicators = [.. indicators],
            Start = PlaceQueries.Month("start", request.Start),
            End = PlaceQueries.Month("end", request.End),
            AsOf = Moments.Optional("as_of", request.AsOf),
            UpdatedAfter = Moments.Optional("updated_after", request.UpdatedAfter),
            Limit = size + 1,
            After = Offset(request.PageToken),
        });
        var sight = firms.Of(context);
        var page = found.Length > size ? found[..size] : found;
        var response = new QueryObservationsResponse
        {
            NextPageToken = found.Length > size ? page[^1].Position.ToString(CultureInfo.InvariantCulture) : "",
        };
        response.Observations.AddRange(page
            .Where(v => names.Contains(clusters.NameOf(v)))
            .OrderBy(v => v.Place, StringComparer.Ordinal).ThenBy(v => v.Vintage.Indicator, StringComparer.Ordinal)
            .ThenBy(v => v.Vintage.Labels, StringComparer.Ordinal).ThenBy(v => v.Vintage.Period)
            .Select(v => sight.Show(v).ToMessage()));
        return response;
    }

    public override Task<ExplainChangeResponse> ExplainChange(ExplainChangeRequest request, ServerCallContext context) =>
        changes.ExplainAsync(request, firms.Of(context));

    public override Task<SimulateExitResponse> SimulateExit(SimulateExitRequest request, ServerCallContext context) =>
        exits.SimulateAsync(request, firms.Of(context));

    public override Task<RankLeadingEnterprisesResponse> RankLeadingEnterprises(
        RankLeadingEnterprisesRequest request, ServerCallContext context) =>
        leading.RankAsync(request, firms.Of(context));

    private async Task<Regions.PlaceHealth> WithDetailsAsync(Regions.PlaceHealth health)
    {
        var details = await grains.PlaceGrain(health.Place).GetDetailsAsync();
        // Of some details a few are ready: all of them hold these too.
        var asked = details.Select(d => d.Indicator).ToHashSet(StringComparer.Ordinal);
        return health with { Figures = [.. health.Figures.Where(f => !asked.Contains(f.Indicator)), .. details] };
    }

    private async Task<List<Regions.PlaceHealth>> HealthsAsync(IEnumerable<string> places, FirmSight sight)
    {
        var healths = new List<Regions.PlaceHealth>();
        foreach (var some in places.Chunk(Parallel))
        {
            healths.AddRange((await Task.WhenAll(some.Select(place => grains.PlaceGrain(place).GetHealthAsync(null))))
                .Select(h => sight.Show(h.OfPlace(catalogue))));
        }
        return healths;
    }

    private (string Indicator, bool Descending)? Order(string orderBy)
    {
        if (orderBy.Length == 0)
            return null;
        if (orderBy.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, .. var rest]
            && rest is [] or ["asc" or "desc"]
            && queries.Indicators("order_by", [name]) is { Count: 1 } indicators)
        {
            return (indicators.First(), rest is ["desc"]);
        }
        throw RichErrors.Invalid(new Violation("order_by", orderBy, Reasons.UnknownField));
    }

    private static long Offset(string token)
    {
        if (token.Length == 0)
            return 0;
        return long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw RichErrors.Invalid(new Violation("page_token", token, Reasons.MalformedToken));
    }
}
