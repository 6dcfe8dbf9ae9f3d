using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Placement;
using ClusterPulse.Registry;

namespace ClusterPulse.Maintenance;

/// <summary>See <see cref="IMaintenanceGrain"/>. A second activation is harmless: each step is a compare-and-set.</summary>
[GrainType("maintenance")]
[RendezvousPlacement]
public sealed class MaintenanceGrain(
    IFactStore store, Committer committer, SharedTablesSource tables, CheckpointCycle cycle, Rebuild rebuild,
    DriftCheck drift, IndicatorFormulas formulas, ReportingCalendar calendar, PulseMetrics metrics,
    MaintenanceGauges gauges) : Grain, IMaintenanceGrain, IProgress<double>
{
    /// <summary>Key of the one there is.</summary>
    public const string Key = "0";

    private const int RebuildAttempts = 3;

    private double _progress;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        gauges.Begin();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        gauges.End();
        return Task.CompletedTask;
    }

    public Task<int> CycleAsync() => cycle.RunAsync(CancellationToken.None);

    public async Task<RebuildResult> RebuildAsync(string? place)
    {
        _progress = 0;
        for (var attempt = 0; attempt < RebuildAttempts; attempt++)
        {
            var total = await store.CountEnterprisesAsync(CancellationToken.None);
            if (await rebuild.RunAsync(place, total, this, CancellationToken.None) is not { } result)
                continue;
            metrics.Rebuilt();
            await cycle.TellFloorAsync();
            _progress = 1;
            return result;
        }
        throw new StoreUnavailableException("the log floor kept moving during the rebuild; try again");
    }

    public async Task<AuditResult> AuditAsync(string? place) => (await AuditListedAsync(place, [])).Result;

    public async Task<AuditListing> AuditListedAsync(string? place, ImmutableArray<string> listed)
    {
        _progress = 0;
        // What a place holds is compared as stored, so what it holds beyond its checkpoint is stored first.
        await cycle.RunAsync(CancellationToken.None);
        var result = await store.AuditAsync(new(place, listed), formulas, this, CancellationToken.None);
        _progress = 1;
        return result;
    }

    public Task<double> ProgressAsync() => Task.FromResult(_progress);

    public async Task<bool> ClosePeriodAsync(Feed feed, Month period, string closedBy)
    {
        var ticket = await committer.CommitAsync(new PeriodClosed(feed, period, closedBy));
        await tables.RefreshAsync();
        return ticket.Applied;
    }

    public async Task CloseDueAsync()
    {
        var rules = tables.Current.Calendar ?? calendar.Configured;
        foreach (var feed in VocabularyWords.Feeds)
        {
            foreach (var period in calendar.Over(rules, feed))
            {
                if (!tables.Current.Closed.Contains((feed, period)))
                    await ClosePeriodAsync(feed, period, "calendar");
            }
        }
    }

    public Task<CalendarRules> GetCalendarAsync() => Task.FromResult(tables.Current.Calendar ?? calendar.Configured);

    public async Task<CalendarRules?> SetCalendarAsync(CalendarRules rules)
    {
        var ticket = await committer.CommitAsync(new CalendarSet(rules));
        await tables.RefreshAsync();
        return ticket.Applied ? tables.Current.Calendar : null;
    }

    public Task<ImmutableArray<ObligationRule>> ListObligationRulesAsync() => Task.FromResult(tables.Current.ObligationRules);

    public async Task<ObligationRule?> PutObligationRuleAsync(ObligationRule rule, bool deleted, string decidedBy, string reason)
    {
        var ticket = await committer.CommitAsync(new ObligationRuleStored(rule, deleted, decidedBy, reason));
        await tables.RefreshAsync();
        return !ticket.Applied ? null : deleted ? rule : tables.Current.ObligationRules.FirstOrDefault(r => r.Id == rule.Id);
    }

    public async Task SetExchangeRateAsync(string currency, string target, Month period, double rate)
    {
        await committer.CommitAsync(new ExchangeRateSet(currency, target, period, rate));
        await tables.RefreshAsync();
    }

    public async Task SetThresholdAsync(string region, string policy, double? threshold, string decidedBy, string reason)
    {
        await committer.CommitAsync(new AlertPolicySet(region, policy, threshold, decidedBy, reason));
        await tables.RefreshAsync();
    }

    public Task<ImmutableArray<OwnThreshold>> ListThresholdsAsync() => Task.FromResult(
        tables.Current.Thresholds.Select(t => new OwnThreshold(t.Key.Region, t.Key.Policy, t.Value)).ToImmutableArray());

    public async Task<ImmutableArray<RivalSet>> ListRivalSetsAsync() => [.. await store.LoadRivalSetsAsync(CancellationToken.None)];

    public async Task<RivalSet?> PutRivalSetAsync(RivalSet set, string decidedBy, string reason)
    {
        var ticket = await committer.CommitAsync(new RivalSetStored(set, set.Version, Deleted: false, decidedBy, reason));
        await tables.RefreshAsync();
        return ticket.Applied ? tables.Current.RivalSets.FirstOrDefault(s => s.Id == set.Id) : null;
    }

    public async Task<bool> DeleteRivalSetAsync(RivalSet set, string decidedBy)
    {
        var ticket = await committer.CommitAsync(new RivalSetStored(set, set.Version, Deleted: true, decidedBy, "deleted"));
        await tables.RefreshAsync();
        return ticket.Applied;
    }

    public Task<ImmutableArray<Estate>> ListEstatesAsync() => Task.FromResult(tables.Current.Estates.Values.ToImmutableArray());

    public async Task<ImmutableArray<Estate>> ReadEstatesAsync() => [.. await store.LoadEstatesAsync(CancellationToken.None)];

    public async Task<ImmutableArray<string>> ListPlacesAsync() => [.. await store.LoadPlacesAsync(CancellationToken.None)];

    public async Task<int> CheckDriftAsync()
    {
        var drifted = await drift.FindAsync(CancellationToken.None);
        foreach (var place in drifted)
            await RebuildAsync(place);
        return drifted.Count;
    }

    public async Task<bool> TakeUpMeasuresAsync(TimeSpan settled)
    {
        if ((await store.ReadCellLevelAsync(CancellationToken.None)).Rebuilt >= CellLevels.Newest)
            return true;
        if (!await store.TryRaiseCellLevelAsync(settled, CancellationToken.None))
            return false;
        await RebuildAsync(null);
        await store.SetCellsRebuiltAsync(CancellationToken.None);
        await tables.RefreshAsync();
        return true;
    }

    void IProgress<double>.Report(double value) => _progress = value;
}
