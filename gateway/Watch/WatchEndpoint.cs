using ClusterPulse.Facts;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Indicators;
using ClusterPulse.Indicators;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Gateway.Watch;

/// <summary>WatchService.</summary>
public sealed class WatchEndpoint(
    IGrainFactory grains, PlaceQueries queries, IndicatorCatalogue catalogue, FirmAccess firms, TimeProvider time,
    IHostApplicationLifetime lifetime)
    : WatchService.WatchServiceBase
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(100);

    public override async Task WatchHealth(
        WatchHealthRequest request, IServerStreamWriter<WatchHealthResponse> responseStream, ServerCallContext context)
    {
        var parents = PlaceQueries.Split(request.Parents).ToList();
        if (parents.Count == 0)
            throw RichErrors.Invalid(new Violation("parents", "", Reasons.MissingField));
        foreach (var parent in parents)
            await queries.PlaceAsync(parent);
        var indicators = queries.Indicators("indicators", request.Indicators);
        var interval = Moments.Optional("min_interval", request.MinInterval) ?? DefaultInterval;
        if (interval < LeastInterval || interval > MostInterval)
            throw RichErrors.Invalid(new Violation("min_interval", interval.ToString(), Reasons.OutOfBounds));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var resumes = request.ResumeToken.Length > 0 && ResumeToken.TryParse(request.ResumeToken, time.GetUtcNow(), out _);
        if (request.ResumeToken.Length > 0 && !resumes)
        {
            await responseStream.WriteAsync(
                new() { Reset = new() { Reason = "The token is too old or unknown; a new snapshot follows." }, ResumeToken = ResumeToken.Format(time.GetUtcNow()) },
                ending.Token);
        }
        // A gateway keeps nothing about watchers, so one that resumes is sent all figures as they are now: nothing is lost, and
        // what it knows already changes nothing.
        await new HealthWatch(grains, () => WatchedAsync(parents), indicators, catalogue, firms.Of(context), interval, time)
            .RunAsync(responseStream, resumes, ending.Token);
    }

    private async Task<IReadOnlyList<string>> WatchedAsync(IReadOnlyList<string> parents)
    {
        var places = new List<string>(parents);
        foreach (var parent in parents)
            places.AddRange(await queries.ChildrenAsync(parent, estates: true));
        return [.. places.Distinct(StringComparer.Ordinal)];
    }
}
