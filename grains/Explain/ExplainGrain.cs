using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using ClusterPulse.Regions;
using ClusterPulse.Registry;
using Orleans.Concurrency;

namespace ClusterPulse.Explain;

/// <summary>Collects the cells that an explanation is made from. Copies are taken one after the other while reports go on, so what
/// arrives in between can show in the remainder; the sum stays exact.</summary>
[StatelessWorker]
[GrainType("explain")]
public sealed class ExplainGrain(
    Explainer explainer, ExitSimulator simulator, EnterpriseLoader enterprises, EnterprisesOfPlace members, IFactStore store,
    IGeography geography, SharedTablesSource tables)
    : Grain, IExplainGrain
{
    /// <summary>Places that are asked at the same time.</summary>
    private const int Parallel = 32;

    public async Task<Explanation> ExplainAsync(ExplainQuery query)
    {
        var measures = explainer.Reads(query.Indicator);
        var whole = await GrainFactory.PlaceGrain(query.Place).GetCellsAsync(measures);
        var parts = new List<PlaceCells>(query.Parts.Length);
        foreach (var some in query.Parts.Chunk(Parallel))
            parts.AddRange(await Task.WhenAll(some.Select(place => GrainFactory.PlaceGrain(place).GetCellsAsync(measures))));
        var now = tables.Current;
        var comparison = await explainer.CompareAsync(GrainFactory, query, now.RivalsByRegion);
        return Known(explainer.Explain(query, whole, parts, now.Rates, now.Closed, comparison), now);
    }

    public async Task<Explanation> ExplainEnterprisesAsync(ExplainQuery query, int most)
    {
        var measures = explainer.Reads(query.Indicator);
        var pieces = new EnterprisePieces(query, measures, geography);
        await members.VisitAsync(query.Place, EnterprisePieces.Since(query), query.To, pieces.Add);
        var whole = await GrainFactory.PlaceGrain(query.Place).GetCellsAsync(measures);
        var now = tables.Current;
        var comparison = await explainer.CompareAsync(GrainFactory, query, now.RivalsByRegion);
        // Thousands of pieces can take seconds, for which the scheduler's thread is not to be kept.
        return Known(await Task.Run(() => explainer.Explain(query, whole, pieces, most, now.Rates, now.Closed, comparison)), now);
    }

    /// <summary>While places do not hold the measures yet, nothing is said of suspect reports.</summary>
    private static Explanation Known(Explanation explanation, SharedTables now) =>
        now.CellLevel >= CellLevels.Fourth ? explanation : explanation with { SuspectShare = null };

    public async Task<ImmutableArray<SimulatedFigure>> SimulateExitAsync(ExitQuery query)
    {
        var whole = await GrainFactory.PlaceGrain(query.Place).GetCellsAsync(ExitSimulator.Reads);
        var leaving = query.Leaver switch
        {
            Leaver.Source => simulator.Of(whole, ExplainBy.Sources, query.Code),
            Leaver.Industry => simulator.Of(whole, ExplainBy.Industries, query.Code),
            Leaver.Investor => simulator.Of(query.Place, await InvestedAsync(query.Code), query.Code),
            _ => simulator.Of(whole, await enterprises.LoadAsync(query.Code)),
        };
        var now = tables.Current;
        return simulator.Simulate(whole, leaving, query.Leaver, now.Rates, now.Closed);
    }

    public async Task<bool> IsInvestorAsync(string investor) => (await store.FindInvestedAsync(investor, CancellationToken.None)).Count > 0;

    private async Task<EnterpriseState[]> InvestedAsync(string investor)
    {
        var invested = await store.FindInvestedAsync(investor, CancellationToken.None);
        return await Task.WhenAll(invested.Select(enterprises.LoadAsync));
    }
}
