using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Cluster;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Placement;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>Sends rows to their enterprises' silos, one call per silo. Rows whose silo does not answer are sent again, to whichever
/// silo is their home by then: what was stored already is told so.</summary>
public sealed class SiloSpread(ISiloDirectory silos, IGrainFactory grains, Patience patience)
{
    // The grain factory looks the interface's type up by reflection at each reference: decision 0020. Silos are few.
    private readonly ConcurrentDictionary<SiloAddress, IIngestPort> _ports = [];

    /// <summary>Sends all rows.</summary>
    /// <param name="rows">Rows; those of one enterprise keep their order.</param>
    /// <param name="enterpriseOf">Whose row it is.</param>
    /// <param name="call">The call for the rows of one silo.</param>
    /// <param name="answer">Collects what became of them.</param>
    public async Task SendAsync<TRow>(
        IReadOnlyList<TRow> rows, Func<TRow, string> enterpriseOf, Func<IIngestPort, ImmutableArray<TRow>, Task<IngestAnswer>> call, AnswerBuilder answer)
    {
        var left = rows;
        var fresh = false;
        await patience.Start().ExecuteAsync(async _ =>
        {
            if (left.Count == 0)
                return;
            var active = await silos.ActiveAsync(fresh);
            fresh = true;
            if (active.Count == 0)
                throw new StoreUnavailableException("no silo is active");
            var parts = BySilo(left, enterpriseOf, active).ToList();
            var answers = await Task.WhenAll(parts.Select(p => TryAsync(() => call(Port(p.Silo), p.Rows))));
            var failed = new List<TRow>();
            Exception? failure = null;
            for (var i = 0; i < parts.Count; i++)
            {
                if (answers[i].Answer is { } part)
                {
                    answer.Add(part);
                    continue;
                }
                failed.AddRange(parts[i].Rows);
                failure = answers[i].Failure;
            }
            left = failed;
            if (failure is not null)
                throw failure;
        });
    }

    /// <summary>Calls the silo where an enterprise is at home; again where that does not answer.</summary>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="call">May be repeated.</param>
    public async Task<T> CallHomeAsync<T>(string enterprise, Func<IIngestPort, Task<T>> call)
    {
        var fresh = false;
        return await patience.Start().ExecuteAsync(async _ =>
        {
            var active = await silos.ActiveAsync(fresh);
            fresh = true;
            return active.Count > 0
                ? await call(Port(Rendezvous.Pick(enterprise, active)))
                : throw new StoreUnavailableException("no silo is active");
        });
    }

    private IIngestPort Port(SiloAddress silo) => _ports.GetOrAdd(silo, s => grains.GetGrain<IIngestPort>(s.ToParsableString()));

    private static IEnumerable<(SiloAddress Silo, ImmutableArray<TRow> Rows)> BySilo<TRow>(
        IReadOnlyList<TRow> rows, Func<TRow, string> enterpriseOf, IReadOnlyList<SiloAddress> active)
    {
        var bySilo = new Dictionary<SiloAddress, ImmutableArray<TRow>.Builder>();
        foreach (var row in rows)
        {
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(bySilo, Rendezvous.Pick(enterpriseOf(row), active), out _);
            (own ??= ImmutableArray.CreateBuilder<TRow>(rows.Count)).Add(row);
        }
        return bySilo.Select(s => (s.Key, s.Value.DrainToImmutable()));
    }

    private static async Task<(IngestAnswer? Answer, Exception? Failure)> TryAsync(Func<Task<IngestAnswer>> call)
    {
        try
        {
            return (await call(), null);
        }
        catch (Exception e) when (RichErrors.IsTransient(e))
        {
            return (null, e);
        }
    }
}
