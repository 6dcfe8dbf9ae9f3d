using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Indicators;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>IndicatorService.</summary>
public sealed class IndicatorEndpoint(IGrainFactory grains, PlaceQueries queries, IndicatorCatalogue catalogue)
    : IndicatorService.IndicatorServiceBase
{
    private const int MostObservations = 10_000;
    private const int MostHealths = 500;

    public override Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListIndicatorsResponse { Indicators = { catalogue.All.Select(i => i.Definition.ToMessage()) } });

    public override async Task<Health> GetHealth(GetHealthRequest request, ServerCallContext context)
    {
        var place = await queries.PlaceAsync(request.Name);
        var period = PlaceQueries.Month("period", request.Period);
        var grain = grains.PlaceGrain(place);
        if (request.MinCommitToken.Length > 0)
        {
            if (!CommitToken.TryParse(request.MinCommitToken, out var commits))
                throw RichErrors.Invalid(new Violation("min_commit_token", request.MinCommitToken, Reasons.MalformedToken));
            await grain.CatchUpAsync(commits);
        }
        var now = (await grain.GetHealthAsync(period)).ToMessage();
        if (request.AsOf is null)
            return now;
        var past = await grains.GetGrain<IHistoryGrain>(0).QueryAsync(new()
        {
            Places = [place],
            Start = period,
            End = period,
            AsOf = request.AsOf.ToDateTimeOffset(),
            Limit = int.MaxValue,
        });
        now.Observations.Clear();
        now.Observations.AddRange(past
            .GroupBy(v => (v.Vintage.Indicator, v.Vintage.Labels))
            .Select(figure => figure.MaxBy(v => v.Vintage.Period)!.ToMessage()));
        return now;
    }

    public override async Task<ListHealthResponse> ListHealth(ListHealthRequest request, ServerCallContext context)
    {
        var parent = await queries.PlaceAsync(request.Parent);
        var wanted = queries.Indicators("indicators", request.Indicators);
        var order = Order(request.OrderBy);
        var children = await queries.ChildrenAsync(parent, request.Estates);
        var healths = await Task.WhenAll(children.Select(c => grains.PlaceGrain(c).GetHealthAsync(null)));
        IEnumerable<Regions.PlaceHealth> sorted = healths;
        if (order is var (indicator, descending))
        {
            double Key(Regions.PlaceHealth h) => h.Figures.FirstOrDefault(f => f.Indicator == indicator)?.Figure.Value
                ?? (descending ? double.NegativeInfinity : double.PositiveInfinity);
            sorted = descending ? healths.OrderByDescending(Key) : healths.OrderBy(Key);
        }
        var skip = Offset(request.PageToken);
        var size = request.PageSize is > 0 and <= MostHealths ? request.PageSize : MostHealths;
        var response = new ListHealthResponse
        {
            NextPageToken = skip + size < healths.Length ? (skip + size).ToString(CultureInfo.InvariantCulture) : "",
        };
        response.Healths.AddRange(sorted.Skip(skip).Take(size).Select(h => h.ToMessage(wanted)));
        return response;
    }

    public override async Task<QueryObservationsResponse> QueryObservations(QueryObservationsRequest request, ServerCallContext context)
    {
        var names = PlaceQueries.Split(request.Names).ToList();
        if (names.Count == 0)
            throw RichErrors.Invalid(new Violation("names", "", Reasons.MissingField));
        foreach (var name in names)
            await queries.PlaceAsync(name);
        var indicators = queries.Indicators("indicators", request.Indicators)
            ?? throw RichErrors.Invalid(new Violation("indicators", "", Reasons.MissingField));
        var size = request.PageSize is > 0 and <= MostObservations ? request.PageSize : MostObservations;
        var found = await grains.GetGrain<IHistoryGrain>(0).QueryAsync(new()
        {
            Places = [.. names],
            Indicators = [.. indicators],
            Start = PlaceQueries.Month("start", request.Start),
            End = PlaceQueries.Month("end", request.End),
            AsOf = request.AsOf?.ToDateTimeOffset(),
            UpdatedAfter = request.UpdatedAfter?.ToDateTimeOffset(),
            Limit = size + 1,
            After = Offset(request.PageToken),
        });
        var page = found.Length > size ? found[..size] : found;
        var response = new QueryObservationsResponse
        {
            NextPageToken = found.Length > size ? page[^1].Position.ToString(CultureInfo.InvariantCulture) : "",
        };
        response.Observations.AddRange(page
            .OrderBy(v => v.Place, StringComparer.Ordinal).ThenBy(v => v.Vintage.Indicator, StringComparer.Ordinal)
            .ThenBy(v => v.Vintage.Labels, StringComparer.Ordinal).ThenBy(v => v.Vintage.Period)
            .Select(v => v.ToMessage()));
        return response;
    }

    private (string Indicator, bool Descending)? Order(string orderBy)
    {
        if (orderBy.Length == 0)
            return null;
        var parts = orderBy.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 2 || (parts.Length == 2 && parts[1] is not ("asc" or "desc")))
            throw RichErrors.Invalid(new Violation("order_by", orderBy, Reasons.UnknownField));
        return (queries.Indicators("order_by", [parts[0]])!.First(), parts is [_, "desc"]);
    }

    private static int Offset(string token)
    {
        if (token.Length == 0)
            return 0;
        return int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw RichErrors.Invalid(new Violation("page_token", token, Reasons.MalformedToken));
    }
}
