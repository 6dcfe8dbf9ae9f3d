using System.Globalization;
using ClusterPulse.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace ClusterPulse.SystemTests.Support;

/// <summary>All figures of all populated places down to counties and estates, as text that can be compared.</summary>
internal static class Picture
{
    public static async Task<IReadOnlyList<Health>> ReadAsync(GrpcChannel channel)
    {
        var client = new IndicatorService.IndicatorServiceClient(channel);
        var places = new List<Health>();
        await AddAsync(await client.GetHealthAsync(new() { Name = "regions/CN" }));
        return places;

        async Task AddAsync(Health health)
        {
            places.Add(health);
            if (health.Level is "county" or "estate")
                return;
            var children = await client.ListHealthAsync(new() { Parent = health.Name, Estates = health.Level == "prefecture" });
            foreach (var child in children.Healths)
                await AddAsync(child);
        }
    }

    /// <summary>One line per figure, sorted.</summary>
    public static string Text(IEnumerable<Health> places) => string.Join('\n', places
        .SelectMany(p => p.Observations.Select(o => string.Create(
            CultureInfo.InvariantCulture,
            $"{p.Name} {o.Indicator} {string.Join(',', o.Labels.OrderBy(l => l.Key))} {o.Period} {(o.FigureCase == Observation.FigureOneofCase.Value ? o.Value.ToString("R", CultureInfo.InvariantCulture) : o.Unavailable.ToString())} {o.Status}")))
        .Order(StringComparer.Ordinal));

    public static double Value(Health health, string indicator, params (string Name, string Value)[] labels) =>
        health.Observations.Single(o => o.Indicator == "indicators/" + indicator
            && labels.All(l => o.Labels.TryGetValue(l.Name, out var value) && value == l.Value)).Value;

    public static async Task<AuditResult> AuditAsync(GrpcChannel channel)
    {
        using var call = new AdminService.AdminServiceClient(channel).RunAudit(new());
        AuditResult? result = null;
        await foreach (var message in call.ResponseStream.ReadAllAsync())
            result = message.Result ?? result;
        return result!;
    }
}
