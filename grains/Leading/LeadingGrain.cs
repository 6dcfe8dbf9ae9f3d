using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Registry;
using Orleans.Concurrency;

namespace ClusterPulse.Leading;

/// <summary>Works on a copy of the place's cells, and on the reports of the few that lead.</summary>
[StatelessWorker]
[GrainType("leading")]
public sealed class LeadingGrain(IndicatorFormulas formulas, EnterpriseLoader enterprises, IGeography geography, SharedTablesSource tables)
    : Grain, ILeadingGrain
{
    private static readonly ImmutableArray<Measure> Reads = [Measure.Output, Measure.EnterpriseOutput, Measure.BuyerSuppliers];

    public async Task<ImmutableArray<LeadingEnterprise>> RankAsync(LeadingQuery query)
    {
        var copy = await GrainFactory.PlaceGrain(query.Place).GetCellsAsync(Reads);
        var cells = new CellTable(Places.IsEstate(query.Place));
        foreach (var (key, amount) in copy.Cells)
            cells.Add(key, amount);
        var now = tables.Current;
        var ranking = new LeadingRanking(formulas.View(cells, now.Rates, now.Closed), query.Place, query.Period);
        var states = await Task.WhenAll(ranking.First(query.By, query.Count).Select(enterprises.LoadAsync));
        return [.. states.Select(s => ranking.Describe(s, geography))];
    }
}
