using ClusterPulse.V1;
using Grpc.Net.Client;

namespace ClusterPulse.Gateway.Demo;

/// <summary>All populated places down to counties, with their estates and thresholds, read through the public API.</summary>
/// <param name="Places">Regions before what lies below them.</param>
/// <param name="Thresholds">By place and policy.</param>
internal sealed record DemoPicture(IReadOnlyList<Health> Places, IReadOnlyDictionary<(string Place, string Policy), double> Thresholds)
{
    public static async Task<DemoPicture> ReadAsync(GrpcChannel channel, CancellationToken cancellation)
    {
        var indicators = new IndicatorService.IndicatorServiceClient(channel);
        var policies = new PolicyService.PolicyServiceClient(channel);
        var places = new List<Health>();
        var thresholds = new Dictionary<(string, string), double>();
        await AddAsync(await indicators.GetHealthAsync(new() { Name = "regions/CN" }, cancellationToken: cancellation));
        return new(places, thresholds);

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
}
