using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Leading;
using ClusterPulse.Maintenance;
using ClusterPulse.V1;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>Turns requests for the leading enterprises of a place into questions to the silos, and their answers into messages.</summary>
public sealed class LeadingQueries(IGrainFactory grains, PlaceQueries queries)
{
    private const int Most = 100;
    private const int Usual = 10;

    /// <exception cref="Grpc.Core.RpcException">The caller may not see firms, or a field of the request is wrong.</exception>
    public async Task<RankLeadingEnterprisesResponse> RankAsync(RankLeadingEnterprisesRequest request, FirmSight sight)
    {
        sight.RequireFirms();
        var place = await queries.PlaceAsync(request.Name);
        var by = request.By switch
        {
            "" or "output" => LeadingBy.Output,
            "suppliers" => LeadingBy.Suppliers,
            _ => throw RichErrors.Invalid(new Violation("by", request.By, Reasons.UnknownField)),
        };
        if (request.PageSize is < 0 or > Most)
            throw RichErrors.Invalid(new Violation("page_size", request.PageSize.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds));
        // The month, and why there may be none, are those of the figure that the ranking is told by.
        var indicator = by == LeadingBy.Suppliers ? "anchor_suppliers" : "anchor_share";
        var health = await grains.PlaceGrain(place).GetHealthAsync(null);
        if (health.Figures.FirstOrDefault(f => f.Indicator == indicator) is not { } figure)
            return new() { Unavailable = V1.Unavailable.Incomplete };
        var response = new RankLeadingEnterprisesResponse { Period = figure.Period.ToString() };
        // Who has suppliers may have no output.
        if (figure.Figure.Value is null && (by == LeadingBy.Output || IsNowhereKept(figure.Figure.Reason)))
        {
            response.Unavailable = HealthMessages.Reason(figure.Figure.Reason);
            return response;
        }
        var ranked = await grains.GetGrain<ILeadingGrain>(0).RankAsync(new()
        {
            Place = place,
            By = by,
            Period = figure.Period,
            Count = request.PageSize == 0 ? Usual : request.PageSize,
        });
        response.Enterprises.AddRange(ranked.Select(ToMessage));
        return response;
    }

    private static bool IsNowhereKept(ClusterPulse.Indicators.Unavailable reason) => reason == ClusterPulse.Indicators.Unavailable.NotApplicable;

    private static V1.LeadingEnterprise ToMessage(ClusterPulse.Leading.LeadingEnterprise enterprise)
    {
        var message = new V1.LeadingEnterprise
        {
            Name = "enterprises/" + enterprise.Id,
            DisplayName = new() { Zh = enterprise.NameZh, En = enterprise.NameEn },
        };
        if (enterprise.Output is { } output)
            message.OutputCny = output;
        if (enterprise.Share is { } share)
            message.Share = share;
        if (enterprise.Suppliers is { } suppliers)
            message.Suppliers = suppliers;
        if (enterprise.SuppliersYearBefore is { } before)
            message.SuppliersYearBefore = before;
        if (enterprise.SuppliersLost is { } lost)
            message.SuppliersLost = lost;
        return message;
    }
}
