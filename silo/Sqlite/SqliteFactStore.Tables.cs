using System.Text;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <content>Estates, closed months, rates, thresholds, and the history of figures.</content>
public sealed partial class SqliteFactStore
{
    public ValueTask<IReadOnlyList<Estate>> LoadEstatesAsync(CancellationToken cancellation) => ListAsync(
        "SELECT id, region, name_zh, name_en, valid_from, rank, version, closed_from FROM estate ORDER BY id",
        r => new Estate
        {
            Id = r.GetString(0),
            Region = r.GetString(1),
            NameZh = r.GetString(2),
            NameEn = r.GetString(3),
            ValidFrom = r.Month(4),
            Rank = Words.Parse<EstateRank>(r.GetString(5)),
            Version = r.GetInt64(6),
            ClosedFrom = r.IsDBNull(7) ? null : r.Month(7),
        });

    public ValueTask<IReadOnlyList<PeriodClosed>> LoadClosedPeriodsAsync(CancellationToken cancellation) => ListAsync(
        "SELECT feed, period, closed_by FROM closed_period", r => new PeriodClosed(Words.Feed(r.GetString(0)), r.Month(1), r.GetString(2)));

    public ValueTask<IReadOnlyList<ExchangeRateSet>> LoadExchangeRatesAsync(CancellationToken cancellation) => ListAsync(
        "SELECT currency, target, period, rate FROM exchange_rate",
        r => new ExchangeRateSet(r.GetString(0), r.GetString(1), r.Month(2), r.GetDouble(3)));

    public ValueTask<IReadOnlyList<AlertPolicySet>> LoadAlertPoliciesAsync(CancellationToken cancellation) => ListAsync(
        """
        SELECT region, policy, threshold, decided_by, reason FROM alert_policy
        WHERE id IN (SELECT max(id) FROM alert_policy GROUP BY region, policy)
        """,
        r => new AlertPolicySet(r.GetString(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetDouble(2), r.GetString(3), r.GetString(4)));

    public ValueTask<IReadOnlyList<RivalSet>> LoadRivalSetsAsync(CancellationToken cancellation) =>
        ListAsync(RivalSetRow.NewestSql, RivalSetRow.Read);

    public ValueTask<IReadOnlyList<Vintage>> LoadNewestVintagesAsync(string place, CancellationToken cancellation) => ListAsync(
        """
        SELECT indicator, labels, period, value, reason, status, coverage FROM indicator_vintage
        WHERE position IN (SELECT max(position) FROM indicator_vintage WHERE place = ?1 GROUP BY indicator, labels, period)
        """,
        r => ReadVintage(r, 0), place);

    public ValueTask<IReadOnlyList<StoredVintage>> QueryVintagesAsync(HistoryQuery query, CancellationToken cancellation)
    {
        var values = new List<object?>();
        var inner = new StringBuilder("place IN (").Append(Each(query.Places)).Append(')');
        if (!query.Indicators.IsEmpty)
            inner.Append(" AND indicator IN (").Append(Each(query.Indicators)).Append(')');
        if (query.Start is { } start)
            inner.Append(" AND period >= ").Append(One(start.ToString()));
        if (query.End is { } end)
            inner.Append(" AND period <= ").Append(One(end.ToString()));
        if (query.AsOf is { } asOf)
            inner.Append(" AND known_from <= ").Append(One(Columns.Time(asOf)));
        var outer = new StringBuilder("position > ").Append(One(query.After));
        if (query.UpdatedAfter is { } after)
            outer.Append(" AND known_from > ").Append(One(Columns.Time(after)));
        return ListAsync(
            $"""
            SELECT indicator, labels, period, value, reason, status, coverage, position, place, known_from FROM indicator_vintage
            WHERE position IN (SELECT max(position) FROM indicator_vintage WHERE {inner} GROUP BY place, indicator, labels, period)
                AND {outer}
            ORDER BY position LIMIT {One(query.Limit)}
            """,
            r => new StoredVintage(r.GetInt64(7), r.GetString(8), ReadVintage(r, 0), r.Time(9)),
            [.. values]);

        string One(object value)
        {
            values.Add(value);
            return $"?{values.Count}";
        }

        string Each(IEnumerable<string> many) => string.Join(", ", many.Select(One));
    }

    /// <summary>Makes the region tree queryable by hand and by the audit.</summary>
    public async Task StoreRegionsAsync(RegionTree regions) => await WriteAsync((connection, transaction) =>
    {
        if (List(connection, transaction, "SELECT count(*) FROM region", r => r.GetInt64(0))[0] == regions.All.Count)
            return true;
        Run(connection, transaction, "DELETE FROM region");
        using var insert = new WriteStatement(
            connection, "INSERT INTO region (code, level, parent, locality, name_zh, name_en) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        foreach (var r in regions.All)
            insert.Run(r.Code, r.Level.Word(), r.Parent?.Code, r.Locality, r.NameZh, r.NameEn);
        return true;
    });

    private static Vintage ReadVintage(SqliteDataReader r, int first) => new(
        r.GetString(first),
        r.GetString(first + 1),
        r.Month(first + 2),
        r.IsDBNull(first + 3) ? null : r.GetDouble(first + 3),
        Words.Parse<Unavailable>(r.GetString(first + 4)),
        Words.Parse<FigureStatus>(r.GetString(first + 5)),
        r.GetDouble(first + 6));

    private static void PutVintages(SqliteConnection connection, string place, IReadOnlyList<Vintage> vintages, string now)
    {
        if (vintages.Count == 0)
            return;
        using var insert = new WriteStatement(
            connection,
            """
            INSERT INTO indicator_vintage (place, indicator, labels, period, known_from, value, reason, status, coverage)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """);
        foreach (var v in vintages)
        {
            insert.Run(place, v.Indicator, v.Labels, v.Period.ToString(), now, v.Value, Words.Of(v.Reason), Words.Of(v.Status), v.Coverage);
        }
    }
}
