using System.Collections.Immutable;
using ClusterPulse.Facts;
using Npgsql;

namespace ClusterPulse.Silo.Postgres;

/// <summary>Reads the states of many enterprises with one query per table, on one connection and snapshot.</summary>
internal sealed class EnterpriseReader(NpgsqlConnection connection, CancellationToken cancellation)
{
    public async Task<Dictionary<string, EnterpriseState>> ReadAsync(IReadOnlyCollection<string> ids, bool reports)
    {
        var wanted = ids as string[] ?? [.. ids];
        var states = new Dictionary<string, EnterpriseState>(wanted.Length, StringComparer.Ordinal);
        await EachAsync("SELECT id, version, profile_version FROM enterprise WHERE id = ANY($1)", wanted, r =>
        {
            var id = r.GetString(0);
            states.Add(id, new() { Id = id, Version = r.GetInt64(1), ProfileVersion = r.GetInt64(2) });
        });
        var profiles = new Dictionary<string, ImmutableArray<Profile>.Builder>(StringComparer.Ordinal);
        await EachAsync(
            $"SELECT {ProfileRow.Columns} FROM enterprise_profile WHERE enterprise = ANY($1) ORDER BY enterprise, valid_from",
            wanted,
            r => ListOf(profiles, r.GetString(0)).Add(ProfileRow.Read(r)));
        foreach (var (id, own) in profiles)
            states[id] = states[id] with { Profiles = own.DrainToImmutable() };
        if (reports)
            await ReadReportsAsync(wanted, states);
        return states;
    }

    private async Task ReadReportsAsync(string[] ids, Dictionary<string, EnterpriseState> states)
    {
        var all = new Dictionary<string, List<KeyValuePair<ReportKey, StoredReport>>>(StringComparer.Ordinal);
        await EachAsync(
            """
            SELECT enterprise, feed, period, revision, basis, status, nil, withdrawn, bureau, submission, row, content_hash, note, outlier, standing, chosen
            FROM report WHERE enterprise = ANY($1)
            """,
            ids,
            r =>
            {
                var id = r.GetString(0);
                var key = new ReportKey(Words.Feed(r.GetString(1)), r.Month(2));
                if (!all.TryGetValue(id, out var reports))
                    all.Add(id, reports = []);
                reports.Add(new(key, new()
                {
                    Revision = r.GetInt32(3),
                    Withdrawn = r.GetBoolean(7),
                    Outlier = r.GetBoolean(13),
                    Standing = r.GetInt32(14),
                    Chosen = r.TextOrNull(15) is { } chosen && chosen == r.GetString(8),
                    ContentHash = unchecked((ulong)r.GetInt64(11)),
                    Origin = new(string.Intern(r.GetString(8)), string.Intern(r.GetString(9)), r.GetInt64(10)),
                    Content = new()
                    {
                        Basis = Words.Basis(r.GetString(4)),
                        Status = Words.ReportStatus(r.GetString(5)),
                        Nil = r.GetBoolean(6),
                        Note = r.TextOrNull(12),
                    },
                }));
            });
        if (all.Count == 0)
            return;
        var lines = new Dictionary<(string, Feed, Month), ImmutableArray<ReportLine>.Builder>();
        foreach (var feed in VocabularyWords.Feeds)
        {
            await EachAsync(LineTable.Of(feed).Select, ids, r =>
                ListOf(lines, (r.GetString(0), feed, r.Month(1))).Add(LineTable.Read(feed, r)));
        }
        foreach (var (id, reports) in all)
        {
            states[id] = states[id] with
            {
                Reports = ReportSet.From(reports.Select(r => lines.TryGetValue((id, r.Key.Feed, r.Key.Period), out var own)
                    ? KeyValuePair.Create(r.Key, r.Value with { Content = r.Value.Content with { Lines = own.DrainToImmutable() } })
                    : r)),
            };
        }
        await ReadAsidesAsync(ids, states);
    }

    private async Task ReadAsidesAsync(string[] ids, Dictionary<string, EnterpriseState> states)
    {
        var asides = new Dictionary<string, ImmutableArray<AsideReport>.Builder>(StringComparer.Ordinal);
        await EachAsync(
            $"SELECT {AsideRow.Columns} FROM report_aside WHERE enterprise = ANY($1) ORDER BY {AsideRow.Order}", ids,
            r => ListOf(asides, r.GetString(0)).Add(AsideRow.Read(r)));
        foreach (var (id, own) in asides)
            states[id] = states[id] with { Asides = own.DrainToImmutable() };
    }

    private async Task EachAsync(string sql, string[] ids, Action<NpgsqlDataReader> row)
    {
        await using var command = connection.Command(sql, (object)ids);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
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
