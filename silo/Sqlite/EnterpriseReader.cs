using System.Collections.Immutable;
using System.Text.Json;
using ClusterPulse.Facts;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>Reads the states of many enterprises with one query per table, on one connection and snapshot.</summary>
internal sealed class EnterpriseReader(SqliteConnection connection, SqliteTransaction transaction)
{
    public Dictionary<string, EnterpriseState> Read(IReadOnlyCollection<string> ids, bool reports)
    {
        // In the order of the keys, so that what lies together is read together.
        var json = JsonSerializer.Serialize(ids.Order(StringComparer.Ordinal));
        var states = new Dictionary<string, EnterpriseState>(ids.Count, StringComparer.Ordinal);
        Each("SELECT id, version, profile_version FROM enterprise WHERE id IN (SELECT value FROM json_each(?1))", json, r =>
        {
            var id = r.GetString(0);
            states.Add(id, new() { Id = id, Version = r.GetInt64(1), ProfileVersion = r.GetInt64(2) });
        });
        var profiles = new Dictionary<string, ImmutableArray<Profile>.Builder>(StringComparer.Ordinal);
        Each(
            $"SELECT {ProfileRow.Columns} FROM enterprise_profile WHERE enterprise IN (SELECT value FROM json_each(?1)) ORDER BY enterprise, valid_from",
            json,
            r => ListOf(profiles, r.GetString(0)).Add(ProfileRow.Read(r)));
        foreach (var (id, own) in profiles)
            states[id] = states[id] with { Profiles = own.DrainToImmutable() };
        if (reports)
            ReadReports(json, states);
        return states;
    }

    private void ReadReports(string json, Dictionary<string, EnterpriseState> states)
    {
        var lines = new Dictionary<(string, Feed, Month), ImmutableArray<ReportLine>.Builder>();
        foreach (var feed in VocabularyWords.Feeds)
        {
            Each(ReportTables.Of(feed).Select, json, r =>
                ListOf(lines, (r.GetString(0), feed, r.Month(1))).Add(ReportTables.Read(feed, r)));
        }
        var all = new Dictionary<string, List<KeyValuePair<ReportKey, StoredReport>>>(StringComparer.Ordinal);
        Each(
            """
            SELECT enterprise, feed, r.period, revision, basis, status, nil, withdrawn, bureau, submission, row, content_hash, note, outlier, standing, chosen
            FROM report_month m CROSS JOIN json_each(?1) e CROSS JOIN report r ON r.period = m.period AND r.enterprise = e.value
            """,
            json,
            r =>
            {
                var id = r.GetString(0);
                var key = new ReportKey(Words.Feed(r.GetString(1)), r.Month(2));
                var own = lines.TryGetValue((id, key.Feed, key.Period), out var found) ? found.DrainToImmutable() : [];
                if (!all.TryGetValue(id, out var reports))
                    all.Add(id, reports = []);
                reports.Add(new(key, new()
                {
                    Revision = r.GetInt32(3),
                    Withdrawn = r.Flag(7),
                    Outlier = r.Flag(13),
                    Standing = r.GetInt32(14),
                    Chosen = r.Text(15) is { } chosen && chosen == r.GetString(8),
                    ContentHash = unchecked((ulong)r.GetInt64(11)),
                    Origin = new(string.Intern(r.GetString(8)), string.Intern(r.GetString(9)), r.GetInt64(10)),
                    Content = new()
                    {
                        Basis = Words.Basis(r.GetString(4)),
                        Status = Words.ReportStatus(r.GetString(5)),
                        Nil = r.Flag(6),
                        Note = r.Text(12),
                        Lines = own,
                    },
                }));
            });
        foreach (var (id, reports) in all)
            states[id] = states[id] with { Reports = ReportSet.From(reports) };
        ReadAsides(json, states);
    }

    private void ReadAsides(string json, Dictionary<string, EnterpriseState> states)
    {
        var asides = new Dictionary<string, ImmutableArray<AsideReport>.Builder>(StringComparer.Ordinal);
        Each(
            $"SELECT {AsideRow.Columns} FROM report_aside WHERE enterprise IN (SELECT value FROM json_each(?1)) ORDER BY {AsideRow.Order}",
            json,
            r => ListOf(asides, r.GetString(0)).Add(AsideRow.Read(r)));
        foreach (var (id, own) in asides)
            states[id] = states[id] with { Asides = own.DrainToImmutable() };
    }

    private void Each(string sql, string json, Action<SqliteDataReader> row)
    {
        using var statement = new Statement(connection, sql, 1);
        using var reader = statement.With(transaction, json).Read();
        while (reader.Read())
            row(reader);
    }

    private static ImmutableArray<T>.Builder ListOf<TKey, T>(Dictionary<TKey, ImmutableArray<T>.Builder> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = ImmutableArray.CreateBuilder<T>());
        return list;
    }
}
