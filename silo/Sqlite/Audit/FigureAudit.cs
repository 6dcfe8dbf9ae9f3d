using System.Collections.Frozen;
using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite.Audit;

/// <summary>
/// Compares the newest figures that the product's formulas make of the cells it holds with what SQL, which knows none of these
/// formulas, makes of the recomputed cells: which months are complete, what each indicator is, or why there is none.
/// </summary>
internal sealed class FigureAudit(SqliteConnection connection, SqliteTransaction transaction, IndicatorFormulas formulas)
{
    private static readonly string[] Recomputing =
        [
            "amounts", "coverage", "named_clusters", "asked", "size", "growth", "linkage", "demography", "survival", "network", "concentration",
            "firms", "character", "stage", "reporting", "surroundings", "rivals", "clusters", "quotients", "cluster_figures",
        ];

    /// <summary>Figures that either side has.</summary>
    public long Compared { get; private set; }

    /// <summary>Those of them that differ.</summary>
    public long Differences { get; private set; }

    /// <summary>The first of these.</summary>
    public List<FigureDifference> Samples { get; } = [];

    /// <summary>All figures of the places that were to be listed.</summary>
    public List<FigureDifference> Listed { get; } = [];

    /// <summary>What is to be done, in this order, once all cells have been recomputed.</summary>
    public IEnumerable<Action> Steps(int samples, ImmutableArray<string> listed)
    {
        connection.CreateFunction("units", (string currency) => currency.Length == 0 ? 1 : Math.Pow(10, formulas.MinorUnits(currency)), isDeterministic: true);
        foreach (var name in Recomputing)
            yield return () => Script(name).Run();
        yield return Say;
        yield return () => Compare(samples);
        if (!listed.IsEmpty)
            yield return () => List(listed);
    }

    private void Say()
    {
        var rates = LoadRates();
        var closed = LoadClosed();
        var peers = LoadPeers();
        var rivals = RivalSet.ByRegion(Rows(RivalSetRow.NewestSql, RivalSetRow.Read));
        var clusters = LoadClusters();
        var others = LoadOthers(peers, rivals);
        var views = others.Denominators.ToDictionary(d => d.Key, d => formulas.View(d.Value, rates, closed));
        var standings = others.Standings.Values.GroupBy(r => r.Nation, StringComparer.Ordinal)
            .ToDictionary(n => n.Key, n => formulas.Open(Standings.Of("", n), rates, closed), StringComparer.Ordinal);
        using var insert = new Statement(
            connection, "INSERT INTO audit_said (place, indicator, labels, month, value, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", 6);
        ForEachPlace((place, cells) =>
        {
            foreach (var said in formulas.Newest(formulas.View(cells, rates, closed, Around(place))))
            {
                insert.With(
                    transaction, place, said.Indicator, said.Figure.Labels, said.Period.Index, said.Figure.Value,
                    Words.Of(said.Figure.Reason)).Run();
            }
        });

        Surroundings Around(long place)
        {
            var named = Surroundings.None with { NamedClusters = clusters.GetValueOrDefault(place, []) };
            if (!peers.TryGetValue(place, out var own))
                return named;
            var standing = others.Standings.GetValueOrDefault(place);
            return formulas.Around(own.Name, own.Above, rivals, (other, peer) => views.GetValueOrDefault((other, peer))) with
            {
                Standings = standing is null ? null : standings[standing.Nation].Of(standing.Code, standing.Level),
                NamedClusters = named.NamedClusters,
            };
        }
    }

    private void ForEachPlace(Action<long, CellTable> action)
    {
        var current = 0L;
        var cells = new CellTable();
        Script("live_cells").Read(r =>
        {
            var place = r.GetInt64(0);
            if (place != current)
            {
                action(current, cells);
                (current, cells) = (place, new(r.GetBoolean(6)));
            }
            cells.Add(new(Words.Measure(r.GetString(1)), r.GetString(2), r.GetString(3), new(r.GetInt32(4))), r.GetInt64(5));
        });
        action(current, cells);
    }

    /// <summary>Clusters that are named for each place, as the product reads them.</summary>
    private Dictionary<long, IReadOnlyList<NamedCluster>> LoadClusters()
    {
        var definitions = Rows(ClusterRow.DefinitionsSql, ClusterRow.Definition).Where(d => !d.Deleted).Select(d => d.Definition);
        var register = new ClusterRegister(definitions, Rows(ClusterRow.WatchesSql, ClusterRow.Watch));
        return Rows("SELECT no, substr(name, 9) FROM audit_place WHERE name LIKE 'regions/%'", r => (No: r.GetInt64(0), Region: r.GetString(1)))
            .ToDictionary(p => p.No, p => (IReadOnlyList<NamedCluster>)register.Of(p.Region));
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> row)
    {
        var rows = new List<T>();
        using var statement = new Statement(connection, sql, 0);
        using var reader = statement.With(transaction).Read();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>Each place and the region above it; empty where not all places are audited, since then nothing is compared.</summary>
    private Dictionary<long, (string Name, string? Above)> LoadPeers()
    {
        var peers = new Dictionary<long, (string, string?)>();
        using var statement = new Statement(
            connection,
            """
            SELECT p.no, p.name, 'regions/' || coalesce(r.parent, e.region)
            FROM audit_place p LEFT JOIN region r ON p.name = 'regions/' || r.code LEFT JOIN estate e ON p.name = 'estates/' || e.id
            WHERE NOT EXISTS (SELECT 1 FROM audit_place WHERE NOT wanted)
            """,
            0);
        using var reader = statement.With(transaction).Read();
        while (reader.Read())
            peers.Add(reader.GetInt64(0), (reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return peers;
    }

    /// <summary>What others are compared with: of nations, parents and rivals, and of all regions together.</summary>
    private (Dictionary<(string Place, Peer Peer), CellTable> Denominators, Dictionary<long, RegionStanding> Standings) LoadOthers(
        Dictionary<long, (string Name, string? Above)> places, ImmutableDictionary<string, RivalSet> rivals)
    {
        var denominators = new Dictionary<(string, Peer), CellTable>();
        var standings = new Dictionary<long, RegionStanding>();
        if (places.Count == 0)
            return (denominators, standings);
        var asked = new HashSet<(string Place, Peer Peer)>(rivals.Keys.Select(r => (Places.Region(r), Peer.Rivals)));
        foreach (var (place, above) in places.Values)
        {
            var (nation, parent) = formulas.Peers(place, above);
            if (nation is not null)
                asked.Add((nation, Peer.Nation));
            if (parent is not null)
                asked.Add((parent, Peer.Parent));
        }
        var names = new Dictionary<long, (string Name, string? Level)>();
        using (var statement = new Statement(
            connection, "SELECT p.no, p.name, r.level FROM audit_place p LEFT JOIN region r ON p.name = 'regions/' || r.code", 0))
        {
            using var reader = statement.With(transaction).Read();
            while (reader.Read())
                names.Add(reader.GetInt64(0), (reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        }
        ForEachPlace((place, cells) =>
        {
            if (!names.TryGetValue(place, out var found))
                return;
            var (name, level) = found;
            foreach (var peer in (Peer[])[Peer.Nation, Peer.Parent, Peer.Rivals])
            {
                if (asked.Contains((name, peer)))
                    denominators.Add((name, peer), Denominators.Of(cells, peer));
            }
            if (level is not null && formulas.Standing(name, Standings.PartOf(cells, level)) is { } standing)
                standings.Add(place, standing);
        });
        return (denominators, standings);
    }

    private void Compare(int samples)
    {
        using (var count = new Statement(
            connection,
            """
            SELECT count(*) FROM (
                SELECT place, indicator, labels FROM audit_said UNION SELECT place, indicator, labels FROM audit_figure)
            """,
            0))
        {
            Compared = (long)count.With(transaction).Scalar()!;
        }
        Script("differing").Read(r =>
        {
            Differences++;
            if (Samples.Count < samples)
                Samples.Add(Both(r));
        });
    }

    private void List(ImmutableArray<string> places) => Script("both").Read(r =>
    {
        if (places.Contains(r.GetString(0)))
            Listed.Add(Both(r));
    });

    private static FigureDifference Both(SqliteDataReader r) => new(r.GetString(0), r.GetString(1), r.GetString(2), Figure(r, 3), Figure(r, 6));

    private static AuditedFigure? Figure(SqliteDataReader r, int at) => r.IsDBNull(at)
        ? null
        : new(new(r.GetInt32(at)), r.IsDBNull(at + 1) ? null : r.GetDouble(at + 1), Words.Parse<Unavailable>(r.GetString(at + 2)));

    private ExchangeRates LoadRates() => new(Rows(
        "SELECT currency, target, period, rate FROM exchange_rate",
        r => KeyValuePair.Create((r.GetString(0), r.GetString(1), r.Month(2)), r.GetDouble(3))).ToFrozenDictionary());

    private HashSet<(Feed Feed, Month Period)> LoadClosed() =>
        [.. Rows("SELECT feed, period FROM closed_period", r => (Words.Feed(r.GetString(0)), r.Month(1)))];

    private AuditScript Script(string name) => new(connection, transaction, $"Figures.{name}");
}
