using ClusterPulse.Silo.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace ClusterPulse.Silo.Hosting;

/// <summary>
/// How silos and gateways find each other, and how fast a silo that is gone is declared dead. Probes go out every two seconds and
/// three in a row must fail on two silos: a killed process is dead for the others after some six to eight seconds, and its places
/// are back with their gauges some seconds later. A pause of the garbage collector is far shorter.
/// </summary>
public static class ClusterMembership
{
    public const string Name = "clusterpulse";

    private const string Invariant = "Npgsql";
    private static readonly TimeSpan GrainCall = TimeSpan.FromSeconds(10);

    /// <summary>A silo's side.</summary>
    public static ISiloBuilder UseClusterPulseMembership(this ISiloBuilder builder, IConfiguration configuration)
    {
        builder.Configure<ClusterOptions>(Names);
        builder.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Invariant, ConnectionString(configuration)));
        UseStoreTime(builder.Services);
        builder.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(2);
            o.NumMissedProbesLimit = 3;
            o.NumVotesForDeathDeclaration = 2;
            // Gossip would bring times by the sender's clock past the table that translates them; the table is read often instead.
            o.UseLivenessGossip = false;
            o.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
            o.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
            o.DefunctSiloExpiration = TimeSpan.FromDays(1);
            // Generations are times by the clock of the machine that a silo is on; clocks may be hours apart.
            o.SiloGenerationRetirementAge = TimeSpan.FromDays(1);
        });
#pragma warning disable ORLEANSEXP003 // The strong directory: two activations of one grain are the exception with it, not the rule.
        builder.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        // Duplicates are harmless here, so a dead silo's grains need not wait for a lease to run out.
        builder.Configure<GrainDirectoryOptions>(o => o.RangeLeaseDuration = TimeSpan.Zero);
        builder.Configure<SiloMessagingOptions>(o => (o.ResponseTimeout, o.SystemResponseTimeout) = (GrainCall, GrainCall));
        return builder;
    }

    /// <summary>A gateway's side: it connects again by itself, for ever.</summary>
    public static IClientBuilder UseClusterPulseMembership(this IClientBuilder builder, IConfiguration configuration)
    {
        builder.Configure<ClusterOptions>(Names);
        builder.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Invariant, ConnectionString(configuration)));
        builder.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(3));
        builder.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = GrainCall);
        builder.UseConnectionRetryFilter(async (_, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            return true;
        });
        return builder;
    }

    private static void UseStoreTime(IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(IMembershipTable));
        services.Remove(inner);
        services.AddSingleton<IMembershipTable>(s => new StoreTimeMembershipTable(
            (IMembershipTable)(inner.ImplementationFactory?.Invoke(s) ?? ActivatorUtilities.CreateInstance(s, inner.ImplementationType!)),
            s.GetRequiredService<StoreClock>()));
        // Half of membership's code has no other clock than the machine's, so the other half must go by it too.
        services.AddKeyedSingleton(TimeProviderNames.Membership, TimeProvider.System);
    }

    private static void Names(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (Name, Name);

    private static string ConnectionString(IConfiguration configuration) =>
        configuration.GetSection("Store")[nameof(PostgresOptions.ConnectionString)] ?? "";
}
