using System.Reflection;
using ClusterPulse.Facts;
using ClusterPulse.Silo.Hosting;
using ClusterPulse.Silo.Postgres;
using ClusterPulse.SystemTests.Postgres;
using ClusterPulse.SystemTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace ClusterPulse.SystemTests.Silo;

/// <summary>A silo is ready once its regions are there, and says what it waits for.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ReadinessTests(SharedPostgres postgres)
{
    private const string Late = "regions/320583";

    [Fact]
    public async Task A_silo_is_not_ready_while_a_region_cannot_be_loaded_and_is_once_it_can()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using (var before = await InProcessCluster.StartAsync(database, 1))
        {
            await before.RegisterAsync([("org-L00000000", Rows.Profile("320583", Ownership.Foreign)), ("org-L00000001", Rows.Profile("330304", Ownership.Private))]);
            await before.ReportAsync("b", [Rows.Money(0, "org-L00000000", Feed.Output, "2004-12", 100), Rows.Money(1, "org-L00000001", Feed.Output, "2004-12", 100)]);
            await before.HealthAsync(Late, new(2004, 12));
        }
        var hold = new Hold { Place = Late };
        await using var cluster = await InProcessCluster.StartAsync(database, 1, change: (_, services) =>
        {
            services.AddSiloHealth();
            services.AddSingleton(s => HeldStore.Around(s.GetRequiredService<PostgresFactStore>(), hold));
        });
        var health = cluster.Silos[0].Services.GetRequiredService<HealthCheckService>();

        // All but one come in; it is tried again and again.
        await Eventually.TrueAsync(async () => (await CheckAsync("silo")).Description?.Contains($" 1 are still being loaded, {Late} among them", StringComparison.Ordinal) == true, 60);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync("silo")).Status);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync("silo-live")).Status);
        Assert.True(hold.Refused > 0);

        hold.Place = null;
        await Eventually.TrueAsync(async () => (await CheckAsync("silo")).Status == HealthStatus.Healthy, 60);

        async Task<HealthReportEntry> CheckAsync(string name) => (await health.CheckHealthAsync(r => r.Name == name)).Entries[name];
    }
}

/// <summary>The place that a store does not load now.</summary>
internal sealed class Hold
{
    public string? Place { get; set; }

    public int Refused { get; set; }
}

/// <summary>A store that does not load one place.</summary>
public class HeldStore : DispatchProxy
{
    private IFactStore _store = null!;
    private Hold _hold = null!;

    internal static IFactStore Around(IFactStore store, Hold hold)
    {
        var proxy = Create<IFactStore, HeldStore>();
        ((HeldStore)(object)proxy)._store = store;
        ((HeldStore)(object)proxy)._hold = hold;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == "LoadAsync" && args![0] is string place && place == _hold.Place)
        {
            _hold.Refused++;
            throw new StoreUnavailableException("held");
        }
        try
        {
            return targetMethod.Invoke(_store, args);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
    }
}
