using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.Enterprises;

/// <summary>One enterprise; its key is <c>{scheme}-{code}</c>.</summary>
[Alias("ClusterPulse.IEnterpriseGrain")]
public interface IEnterpriseGrain : IGrainWithStringKey
{
    /// <summary>Takes reports in order and answers once they are durable.</summary>
    [Alias("Report")]
    ValueTask<IngestAnswer> ReportAsync(string bureau, string submission, ImmutableArray<ReportRow> rows);

    /// <summary>Takes profiles in order and answers once they are durable.</summary>
    [Alias("Register")]
    ValueTask<IngestAnswer> RegisterAsync(ImmutableArray<ProfileRow> rows);

    /// <summary>Takes over the named fields of a profile (all where none is named) from its month on.</summary>
    /// <returns>Null where the enterprise is unknown and may not be added.</returns>
    [Alias("Update")]
    ValueTask<EnterpriseView?> UpdateAsync(Profile profile, ImmutableArray<string> fields, bool allowMissing);

    /// <summary>Takes a report back.</summary>
    /// <returns>Its revision; 0 where there is none.</returns>
    [Alias("Withdraw")]
    ValueTask<int> WithdrawAsync(ReportKey key, string bureau, string reason);

    /// <summary>Judges lines that name a supplier by what the supplier is now.</summary>
    [Alias("Rejudge")]
    ValueTask RejudgeAsync(string supplier);

    /// <summary>What it is in a month, or newest; null where it is not registered then.</summary>
    [Alias("Get")]
    ValueTask<EnterpriseView?> GetAsync(Month? period);
}

/// <summary>An enterprise as others see it.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.EnterpriseView")]
public sealed record EnterpriseView([property: Id(0)] string Id, [property: Id(1)] Profile Profile, [property: Id(2)] long ProfileVersion);
