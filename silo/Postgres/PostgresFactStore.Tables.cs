using System.Text;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using Npgsql;
using NpgsqlTypes;

namespace ClusterPulse.Silo.Postgres;

/// <content>Estates, closed months, rates, thresholds, regions, and the history of figures.</content>
public sealed partial class PostgresFactStore
{
    private const long RegionLock = 7213003;

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
        },
        cancellation);

    public ValueTask<IReadOnlyList<PeriodClosed>> LoadClosedPeriodsAsync(CancellationToken cancellation) => ListAsync(
        "SELECT feed, period, closed_by FROM closed_period",
        r => new PeriodClosed(Words.Feed(r.GetString(0)), r.Month(1), r.GetString(2)), cancellation);

    public ValueTask<IReadOnlyList<ExchangeRateSet>> LoadExchangeRatesAsync(CancellationToken cancellation) => ListAsync(
        "SELECT currency, target, period, rate FROM exchange_rate",
        r => new ExchangeRateSet(r.GetString(0), r.GetString(1), r.Month(2), r.GetDouble(3)), cancellation);

    public ValueTask<IReadOnlyList<AlertPolicySet>> LoadAlertPoliciesAsync(CancellationToken cancellation) => ListAsync(
        "SELECT DISTINCT ON (region, policy) region, policy, threshold, decided_by, reason FROM alert_policy ORDER BY region, policy, id DESC",
        r => new AlertPolicySet(r.GetString(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetDouble(2), r.GetString(3), r.GetString(4)), cancellation);

    public ValueTask<IReadOnlyList<RivalSet>> LoadRivalSetsAsync(CancellationToken cancellation) =>
        ListAsync(RivalSetRow.NewestSql, RivalSetRow.Read, cancellation);

    public ValueTask<IReadOnlyList<Vintage>> LoadNewestVintagesAsync(string place, CancellationToken cancellation) => ListAsync(
        """
        SELECT DISTINCT ON (indicator, labels, period) indicator, labels, period, value, reason, status, coverage FROM indicator_vintage
        WHERE place = $1 ORDER BY indicator, labels, period, position DESC
        """,
        ReadVintage, cancellation, place);

    public ValueTask<IReadOnlyList<StoredVintage>> QueryVintagesAsync(HistoryQuery query, CancellationToken cancellation)
    {
        var values = new List<object?> { query.Places.ToArray() };
        var inner = new StringBuilder("place = ANY($1)");
        if (!query.Indicators.IsEmpty)
            inner.Append(" AND indicator = ANY(").Append(One(query.Indicators.ToArray())).Append(')');
        if (query.Start is { } start)
            inner.Append(" AND period >= ").Append(One(start.ToString()));
        if (query.End is { } end)
            inner.Append(" AND period <= ").Append(One(end.ToString()));
        if (query.AsOf is { } asOf)
            inner.Append(" AND known_from <= ").Append(One(asOf.ToUniversalTime()));
        var outer = new StringBuilder("position > ").Append(One(query.After));
        if (query.UpdatedAfter is { } after)
            outer.Append(" AND known_from > ").Append(One(after.ToUniversalTime()));
        return ListAsync(
            $"""
            SELECT indicator, labels, period, value, reason, status, coverage, position, place, known_from FROM (
                SELECT DISTINCT ON (place, indicator, labels, period) * FROM indicator_vintage WHERE {inner}
                ORDER BY place, indicator, labels, period, position DESC) newest
            WHERE {outer} ORDER BY position LIMIT {One(query.Limit)}
            """,
            r => new StoredVintage(r.GetInt64(7), r.GetString(8), ReadVintage(r), r.Time(9)), cancellation, [.. values]);

        string One(object value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
    }

    /// <summary>Makes the region tree queryable by hand and by the audit, where it is not stored as it is built in.</summary>
    public async Task StoreRegionsAsync(RegionTree regions, CancellationToken cancellation) => await WriteAsync(async connection =>
    {
        await connection.RunAsync("SELECT pg_advisory_xact_lock($1)", cancellation, RegionLock);
        var stored = await connection.ListAsync(
            "SELECT code, parent, locality, name_zh, name_en FROM region",
            r => (r.GetString(0), r.TextOrNull(1), r.TextOrNull(2), r.GetString(3), r.GetString(4)), cancellation);
        var wanted = regions.All.Select(r => (r.Code, r.Parent?.Code, r.Locality, r.NameZh, r.NameEn)).ToHashSet();
        if (stored.Count == wanted.Count && stored.TrueForAll(wanted.Contains))
            return true;
        await connection.RunAsync("DELETE FROM region", cancellation);
        await connection.RunAsync(
            "INSERT INTO region (code, level, parent, locality, name_zh, name_en) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)", cancellation,
            Texts(r => r.Code), Texts(r => r.Level.Word()), Texts(r => r.Parent?.Code), Texts(r => r.Locality), Texts(r => r.NameZh), Texts(r => r.NameEn));
        return true;

        NpgsqlParameter Texts(Func<Region, string?> get) =>
            Query.Typed(NpgsqlDbType.Array | NpgsqlDbType.Text, regions.All.Select(get).ToArray());
    }, lasting: true, cancellation);

    private static Vintage ReadVintage(NpgsqlDataReader r) => new(
        r.GetString(0),
        r.GetString(1),
        r.Month(2),
        r.IsDBNull(3) ? null : r.GetDouble(3),
        Words.Parse<Unavailable>(r.GetString(4)),
        Words.Parse<FigureStatus>(r.GetString(5)),
        r.GetDouble(6));
}
