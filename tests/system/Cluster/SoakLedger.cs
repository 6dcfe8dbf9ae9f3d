using ClusterPulse.V1;
using Npgsql;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>What one sender was told is durable, and what the store must therefore hold.</summary>
internal sealed class SoakLedger
{
    private readonly Dictionary<(string Enterprise, string Feed, string Period), Entry> _entries = [];

    private sealed class Entry
    {
        public int Reports { get; set; }
        public int Withdrawals { get; set; }
        public bool Withdrawn { get; set; }
        public long Amount { get; set; }
    }

    /// <summary>Rows that were acknowledged.</summary>
    public long Acknowledged { get; private set; }

    public void Add(Report report, long amount)
    {
        Acknowledged++;
        var key = (report.Enterprise["enterprises/".Length..], report.Feed.ToString().ToLowerInvariant(), report.Period);
        if (!_entries.TryGetValue(key, out var entry))
            _entries.Add(key, entry = new());
        (entry.Reports, entry.Amount, entry.Withdrawn) = (entry.Reports + 1, amount, false);
    }

    public void Withdrawn(string enterprise, string feed, string period)
    {
        var entry = _entries[(enterprise, feed, period)];
        (entry.Withdrawals, entry.Withdrawn) = (entry.Withdrawals + 1, true);
    }

    /// <summary>A report that stands.</summary>
    public (string Enterprise, string Feed, string Period)? Any(Random random)
    {
        if (_entries.Count == 0)
            return null;
        var (key, entry) = _entries.ElementAt(random.Next(_entries.Count));
        return entry.Withdrawn ? null : key;
    }

    /// <summary>Compares with the store: revisions count the reports of a key, and the history has each that was replaced or
    /// taken back once.</summary>
    public async Task<(long Lost, long Doubled, string? First)> CompareAsync(NpgsqlConnection store, string prefix)
    {
        var (lost, doubled, first) = (0L, 0L, (string?)null);
        var history = new Dictionary<(string, string, string), long>();
        await EachAsync(
            store, "SELECT enterprise, feed, period, count(*) FROM report_revision WHERE enterprise LIKE $1 GROUP BY 1, 2, 3", prefix,
            r => history.Add((r.GetString(0), r.GetString(1), r.GetString(2)), r.GetInt64(3)));
        var amounts = new Dictionary<(string, string, string), long>();
        await EachAsync(
            store,
            """
            SELECT enterprise, 'output', period, amount FROM output_line WHERE enterprise LIKE $1
            UNION ALL SELECT enterprise, 'export', period, amount FROM export_line WHERE enterprise LIKE $1
            UNION ALL SELECT enterprise, 'employment', period, persons FROM employment_line WHERE enterprise LIKE $1
            UNION ALL SELECT enterprise, 'fdi', period, sum(utilised)::bigint FROM fdi_line WHERE enterprise LIKE $1 GROUP BY 1, 3
            UNION ALL SELECT enterprise, 'linkage', period, sum(purchases)::bigint FROM linkage_line WHERE enterprise LIKE $1 GROUP BY 1, 3
            """,
            prefix, r => amounts.Add((r.GetString(0), r.GetString(1), r.GetString(2)), r.GetInt64(3)));
        var seen = 0;
        await EachAsync(store, "SELECT enterprise, feed, period, revision, withdrawn FROM report WHERE enterprise LIKE $1", prefix, r =>
        {
            seen++;
            var key = (r.GetString(0), r.GetString(1), r.GetString(2));
            if (!_entries.TryGetValue(key, out var entry))
            {
                doubled++;
                first ??= $"{key} was never acknowledged";
                return;
            }
            var old = history.GetValueOrDefault(key);
            var replaced = entry.Reports - 1 + entry.Withdrawals;
            lost += Math.Max(0, entry.Reports - r.GetInt32(3)) + Math.Max(0, replaced - old);
            doubled += Math.Max(0, r.GetInt32(3) - entry.Reports) + Math.Max(0, old - replaced);
            var amount = amounts.GetValueOrDefault(key);
            if (r.GetInt32(3) != entry.Reports || old != replaced || amount != entry.Amount || r.GetBoolean(4) != entry.Withdrawn)
            {
                if (amount != entry.Amount)
                    lost++;
                first ??= $"{key}: revision {r.GetInt32(3)} of {entry.Reports}, {old} in the history of {replaced}, amount {amount} of {entry.Amount}, withdrawn {r.GetBoolean(4)}";
            }
        });
        lost += _entries.Count - Math.Min(seen, _entries.Count);
        return (lost, doubled, first);
    }

    private static async Task EachAsync(NpgsqlConnection store, string sql, string prefix, Action<NpgsqlDataReader> row)
    {
#pragma warning disable CA2100 // Texts are constants of this file.
        await using var command = new NpgsqlCommand(sql, store) { CommandTimeout = 300 };
#pragma warning restore CA2100
        command.Parameters.Add(new() { Value = prefix + "%" });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            row(reader);
    }
}
