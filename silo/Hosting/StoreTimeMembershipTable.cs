using ClusterPulse.Silo.Postgres;

namespace ClusterPulse.Silo.Hosting;

/// <summary>
/// The membership table in the database's time. Orleans writes its machine's time into entries and compares what it reads with its
/// machine's time, so times are moved on their way: what one silo wrote at a moment reads as that moment on every silo's clock.
/// </summary>
internal sealed class StoreTimeMembershipTable(IMembershipTable table, StoreClock clock) : IMembershipTable
{
    public Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken) =>
        table.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken);

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken) =>
        table.DeleteMembershipTableEntriesAsync(clusterId, cancellationToken);

    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken) =>
        table.CleanupDefunctSiloEntriesAsync(beforeDate + clock.Ahead, cancellationToken);

    public async Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken) =>
        Moved(await table.ReadRowAsync(key, cancellationToken), -clock.Ahead);

    public async Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken) =>
        Moved(await table.ReadAllAsync(cancellationToken), -clock.Ahead);

    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken) =>
        table.InsertRowAsync(Moved(entry, clock.Ahead), tableVersion, cancellationToken);

    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken) =>
        table.UpdateRowAsync(Moved(entry, clock.Ahead), etag, tableVersion, cancellationToken);

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken) =>
        table.UpdateIAmAliveAsync(Moved(entry, clock.Ahead), cancellationToken);

    // The older form of the same calls, which the interface still demands.
    Task IMembershipTable.InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion, default);

    Task IMembershipTable.DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId, default);

    Task IMembershipTable.CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate, default);

    Task<MembershipTableData> IMembershipTable.ReadRow(SiloAddress key) => ReadRowAsync(key, default);

    Task<MembershipTableData> IMembershipTable.ReadAll() => ReadAllAsync(default);

    Task<bool> IMembershipTable.InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion, default);

    Task<bool> IMembershipTable.UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        UpdateRowAsync(entry, etag, tableVersion, default);

    Task IMembershipTable.UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, default);

    private static MembershipTableData Moved(MembershipTableData data, TimeSpan by) =>
        new([.. data.Members.Select(m => Tuple.Create(Moved(m.Item1, by), m.Item2))], data.Version);

    /// <summary>A copy, since Orleans goes on using what it gave.</summary>
    private static MembershipEntry Moved(MembershipEntry entry, TimeSpan by) => new()
    {
        SiloAddress = entry.SiloAddress,
        Status = entry.Status,
        SuspectTimes = entry.SuspectTimes is { } votes ? [.. votes.Select(v => Tuple.Create(v.Item1, Moved(v.Item2, by)))] : null,
        ProxyPort = entry.ProxyPort,
        HostName = entry.HostName,
        SiloName = entry.SiloName,
        RoleName = entry.RoleName,
        UpdateZone = entry.UpdateZone,
        FaultZone = entry.FaultZone,
        StartTime = Moved(entry.StartTime, by),
        IAmAliveTime = Moved(entry.IAmAliveTime, by),
    };

    /// <summary>A time that was never set stays so.</summary>
    private static DateTime Moved(DateTime time, TimeSpan by)
    {
        var margin = TimeSpan.FromDays(1) + by.Duration();
        return time < DateTime.MinValue + margin || time > DateTime.MaxValue - margin ? time : time + by;
    }
}
