using ClusterPulse.V1;
using Grpc.Net.Client;

namespace ClusterPulse.Gateway.Demo;

/// <summary>All populated places down to counties, with their estates and thresholds, read through the public API.</summary>
/// <param name="Places">Regions before what lies below them.</param>
/// <param name="Thresholds">By place and policy.</param>
/// <param name="Growth">Year-on-year growth of output by place and month, as far as it is settled.</param>
internal sealed record DemoPicture(
    IReadOnlyList<Health> Places,
    IReadOnlyDictionary<(string Place, string Policy), double> Thresholds,
    ILookup<string, (string Period, double Growth)> Growth)
{
    public static async Task<DemoPicture> ReadAsync(GrpcChannel channel, CancellationToken cancellation)
    {
        var indicators = new IndicatorService.IndicatorServiceClient(channel);
        var policies = new PolicyService.PolicyServiceClient(channel);
        var places = new List<Health>();
        var thresholds = new Dictionary<(string, string), double>();
        var nations = await new RegistryService.RegistryServiceClient(channel).ListRegionsAsync(new() { Populated = true }, cancellationToken: cancellation);
        foreach (var nation in nations.Regions)
            await AddAsync(await indicators.GetHealthAsync(new() { Name = nation.Name }, cancellationToken: cancellation));
        var history = new QueryObservationsRequest { Indicators = { "growth_ratio" } };
        history.Names.AddRange(places.Select(p => p.Name).Intersect(DemoComparison.Places, StringComparer.Ordinal));
        var growth = await indicators.QueryObservationsAsync(history, cancellationToken: cancellation);
        return new(places, thresholds, growth.Observations.Where(IsYearOnYearOutput).ToLookup(o => o.Name, o => (o.Period, o.Value)));

        async Task AddAsync(Health health)
        {
            places.Add(health);
            var region = health.Level == "estate" ? health.Parent : health.Name;
            var effective = await policies.ListAlertPoliciesAsync(new() { Parent = region }, cancellationToken: cancellation);
            foreach (var policy in effective.AlertPolicies)
                thresholds[(health.Name, policy.Name[(policy.Name.LastIndexOf('/') + 1)..])] = policy.Threshold;
            if (health.Level is "county" or "estate")
                return;
            var token = "";
            do
            {
                var children = await indicators.ListHealthAsync(
                    new() { Parent = health.Name, Estates = health.Level == "prefecture", PageSize = 500, PageToken = token },
                    cancellationToken: cancellation);
                foreach (var child in children.Healths)
                    await AddAsync(child);
                token = children.NextPageToken;
            }
            while (token.Length > 0);
        }
    }

    private static bool IsYearOnYearOutput(Observation o) =>
        o.FigureCase == Observation.FigureOneofCase.Value
        && o.Labels["measure"] == "output" && o.Labels["span"] == "12" && o.Labels["basis"] == "comparable";
}
