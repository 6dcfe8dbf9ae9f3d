using System.Collections.Concurrent;
using ClusterPulse.Facts;

namespace ClusterPulse.Silo.Postgres;

/// <summary>Makes the partitions of a year before its first row, in a transaction of their own, since that locks the tables.</summary>
internal sealed class FactYears(PostgresDatabase database)
{
    private readonly ConcurrentDictionary<int, byte> _known = [];

    public async ValueTask EnsureAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        foreach (var change in changes)
        {
            if (change is not EnterpriseChange enterprise)
                continue;
            foreach (var write in enterprise.Reports)
            {
                var year = write.Key.Period.Year;
                if (!_known.ContainsKey(year))
                    await AddAsync(year, cancellation);
            }
        }
    }

    private async Task AddAsync(int year, CancellationToken cancellation)
    {
        await using var connection = await database.OpenLastingAsync(cancellation);
        var there = await connection.ListAsync("SELECT to_regclass($1) IS NOT NULL", r => r.GetBoolean(0), cancellation, $"report_revision_{year:D4}");
        if (!there[0])
            await connection.RunAsync("SELECT add_fact_year($1)", cancellation, year);
        _known[year] = 0;
    }
}
