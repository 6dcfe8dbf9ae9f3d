using ClusterPulse.Aggregation;
using ClusterPulse.Clusters;
using ClusterPulse.Indicators;

namespace ClusterPulse.Facts;

/// <summary>The store of facts: the only truth. Every member that fails because the store is away, full or locked throws
/// <see cref="StoreUnavailableException"/>.</summary>
public interface IFactStore : ICommitLog
{
    /// <summary>How many writers a silo opens.</summary>
    int Writers { get; }

    /// <summary>Registers a new writer of a silo. The embedded store fences every earlier one: its predecessor.</summary>
    ValueTask<IFactWriter> OpenWriterAsync(string silo, CancellationToken cancellation);

    /// <summary>Writers that are not buried.</summary>
    ValueTask<IReadOnlyList<WriterRecord>> ListWritersAsync(CancellationToken cancellation);

    /// <summary>Stops a writer for good, after a commit of its that is under way.</summary>
    /// <returns>The sequence of its last commit.</returns>
    ValueTask<long> FenceWriterAsync(int writer, CancellationToken cancellation);

    /// <summary>All that a fenced writer committed has reached the places.</summary>
    ValueTask BuryWriterAsync(int writer, CancellationToken cancellation);

    /// <summary>Who is a member of which place, in one snapshot with the writers' positions.</summary>
    ValueTask<Census> TakeCensusAsync(CancellationToken cancellation);

    /// <summary>States of many enterprises at once; unknown ones are left out.</summary>
    ValueTask<IReadOnlyDictionary<string, EnterpriseState>> LoadEnterprisesAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation);

    /// <summary>Profiles of many enterprises at once, with their profile version; unregistered ones are left out.</summary>
    ValueTask<IReadOnlyDictionary<string, EnterpriseState>> LoadProfilesAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation);

    /// <summary>Enterprises with a linkage line that names the supplier and was judged by another profile version.</summary>
    ValueTask<IReadOnlyList<string>> FindBuyersToRejudgeAsync(string supplier, long profileVersion, CancellationToken cancellation);

    /// <summary>Enterprises with a line of FDI, in a report that was not withdrawn, that names the investor.</summary>
    ValueTask<IReadOnlyList<string>> FindInvestedAsync(string investor, CancellationToken cancellation);

    /// <summary>Suppliers whose profiles changed after lines had been judged by them: work that a crash may have left.</summary>
    ValueTask<IReadOnlyList<SupplierVersion>> FindStaleSuppliersAsync(int limit, CancellationToken cancellation);

    /// <summary>Enterprises that were in a place, and not closed, in one of the months at least: ids in order.</summary>
    /// <param name="places">Where.</param>
    /// <param name="since">First month.</param>
    /// <param name="until">Last month.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<IReadOnlyList<string>> FindMembersAsync(
        MemberPlaces places, Month since, Month until, int limit, CancellationToken cancellation);

    /// <summary>Enterprises as they are in a month, in the order of their ids.</summary>
    /// <param name="query">Which; its region counts by <paramref name="regions"/>.</param>
    /// <param name="regions">Codes of the region and of those below; looked at only where the query names a region.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<IReadOnlyList<Enterprises.EnterpriseView>> ListEnterprisesAsync(
        Registry.EnterpriseQuery query, IReadOnlyCollection<string> regions, CancellationToken cancellation);

    /// <summary>Reports of enterprises that stand, in months from one to another: without their lines, and not those that were taken back.</summary>
    ValueTask<IReadOnlyList<Filing>> ListFilingsAsync(
        IReadOnlyCollection<string> enterprises, Month since, Month until, CancellationToken cancellation);

    ValueTask<Submission?> FindSubmissionAsync(string bureau, string id, CancellationToken cancellation);

    ValueTask<BatchReceipt?> FindReceiptAsync(string bureau, string submission, long offset, CancellationToken cancellation);

    /// <summary>A bureau's submissions, the newest first, without their last receipt.</summary>
    ValueTask<IReadOnlyList<Submission>> ListSubmissionsAsync(Ingest.SubmissionQuery query, CancellationToken cancellation);

    /// <summary>Receipts by submission and offset.</summary>
    ValueTask<IReadOnlyList<Ingest.SubmissionReceipt>> ListReceiptsAsync(Ingest.ReceiptQuery query, CancellationToken cancellation);

    /// <summary>Reports of an enterprise with their history, by feed, period and revision.</summary>
    ValueTask<IReadOnlyList<Ingest.ReportRecord>> ListReportsAsync(Ingest.ReportQuery query, CancellationToken cancellation);

    /// <summary>Reports whose newest revision a submission brought, taken back or not, in the order of its rows.</summary>
    ValueTask<IReadOnlyList<SubmittedReport>> ListSubmittedAsync(
        string bureau, string submission, long fromRow, int limit, CancellationToken cancellation);

    /// <summary>Submissions whose taking back is under way.</summary>
    ValueTask<IReadOnlyList<(string Bureau, string Submission)>> ListWithdrawalsAsync(CancellationToken cancellation);

    ValueTask<IReadOnlyList<Estate>> LoadEstatesAsync(CancellationToken cancellation);

    ValueTask<IReadOnlyList<PeriodClosed>> LoadClosedPeriodsAsync(CancellationToken cancellation);

    ValueTask<IReadOnlyList<ExchangeRateSet>> LoadExchangeRatesAsync(CancellationToken cancellation);

    ValueTask<IReadOnlyList<AlertPolicySet>> LoadAlertPoliciesAsync(CancellationToken cancellation);

    /// <summary>Rival sets as they are now, in the order of their ids.</summary>
    ValueTask<IReadOnlyList<RivalSet>> LoadRivalSetsAsync(CancellationToken cancellation);

    /// <summary>The newest version of each definition, deleted ones too: their versions go on where they are made anew.</summary>
    ValueTask<IReadOnlyList<ClusterDefinitionSet>> LoadClusterDefinitionsAsync(CancellationToken cancellation);

    /// <summary>The watch list.</summary>
    ValueTask<IReadOnlyList<ClusterWatch>> LoadClusterWatchesAsync(CancellationToken cancellation);

    /// <summary>The calendar that was set last; null: none was.</summary>
    ValueTask<Maintenance.CalendarRules?> LoadCalendarAsync(CancellationToken cancellation);

    /// <summary>Rules of obligations as they are now, in the order of their ids.</summary>
    ValueTask<IReadOnlyList<Maintenance.ObligationRule>> LoadObligationRulesAsync(CancellationToken cancellation);

    /// <summary>Places that have a checkpoint or stand in the log.</summary>
    ValueTask<IReadOnlyList<string>> LoadPlacesAsync(CancellationToken cancellation);

    /// <summary>Where each writer stands now.</summary>
    ValueTask<CommitVector> ReadPositionsAsync(CancellationToken cancellation);

    /// <summary>Places with log entries up to the positions.</summary>
    ValueTask<IReadOnlyList<string>> FindTouchedAsync(CommitVector positions, CancellationToken cancellation);

    /// <summary>Makes the positions the floor and deletes the log up to them, in one transaction.</summary>
    ValueTask MoveFloorAsync(CommitVector positions, CancellationToken cancellation);

    /// <summary>The newest vintage of each figure of a place.</summary>
    ValueTask<IReadOnlyList<Vintage>> LoadNewestVintagesAsync(string place, CancellationToken cancellation);

    /// <summary>Vintages, as known at a moment.</summary>
    ValueTask<IReadOnlyList<StoredVintage>> QueryVintagesAsync(Maintenance.HistoryQuery query, CancellationToken cancellation);

    ValueTask<long> CountEnterprisesAsync(CancellationToken cancellation);

    /// <summary>All enterprises, in one snapshot, with the writers' positions of that snapshot.</summary>
    ValueTask<CommitVector> ReadAllAsync(Func<EnterpriseState, ValueTask> visit, CancellationToken cancellation);

    /// <summary>Puts rebuilt cells in the place of stored ones. False where the floor has moved beyond the positions.</summary>
    ValueTask<bool> TryReplaceCheckpointsAsync(
        IReadOnlyDictionary<string, CellTable> places, CommitVector positions, CancellationToken cancellation);

    /// <summary>Which measures commits log and places hold.</summary>
    ValueTask<CellLevelState> ReadCellLevelAsync(CancellationToken cancellation);

    /// <summary>Has commits log all measures that this build knows. What was committed before must be rebuilt.</summary>
    /// <param name="settled">How long every writer must have been open.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False while a writer of an older build, or one that is younger, is not buried.</returns>
    ValueTask<bool> TryRaiseCellLevelAsync(TimeSpan settled, CancellationToken cancellation);

    /// <summary>States that all places have been rebuilt since.</summary>
    ValueTask SetCellsRebuiltAsync(CancellationToken cancellation);

    /// <summary>Compares all stored aggregates, and the newest figures that formulas make of them, with what independent SQL makes
    /// of the facts, in one snapshot.</summary>
    /// <param name="scope">What is audited.</param>
    /// <param name="formulas">What is audited beside the store itself.</param>
    /// <param name="progress">0..1.</param>
    /// <param name="cancellation">Gives up between two steps.</param>
    ValueTask<AuditListing> AuditAsync(
        AuditScope scope, IndicatorFormulas formulas, IProgress<double>? progress, CancellationToken cancellation);
}

/// <summary>Where members are looked for: in any of the regions or in the estate.</summary>
/// <param name="Regions">Codes as profiles hold them: a region with all those below it.</param>
/// <param name="Estate">Its id.</param>
public sealed record MemberPlaces(IReadOnlyCollection<string> Regions, string? Estate);

/// <summary>That a report stands.</summary>
public sealed record Filing(string Enterprise, Feed Feed, Month Period, bool Nil, DateTimeOffset CommittedAt);

/// <summary>Numbers and stores commits. One per connection; not thread-safe.</summary>
public interface IFactWriter : IAsyncDisposable
{
    int Id { get; }

    /// <summary>Its calls block the thread.</summary>
    bool Blocks { get; }

    /// <summary>One transaction: numbers it, applies each change whose version still holds, logs the deltas of those.</summary>
    /// <param name="changes">What to store.</param>
    /// <param name="sum">Given which changes hold, the deltas by place.</param>
    /// <param name="cancellation">Gives up before the transaction starts.</param>
    /// <exception cref="StoreUnavailableException">Nothing was stored, or it is unknown whether it was: ask
    /// <see cref="ReadSequenceAsync"/>.</exception>
    /// <exception cref="WriterFencedException">This writer may not write any more.</exception>
    ValueTask<CommitResult> CommitAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<bool>, IReadOnlyDictionary<string, CellSums>> sum,
        CancellationToken cancellation);

    /// <summary>The sequence of the last commit that is certainly stored, after anything under way has ended.</summary>
    ValueTask<long> ReadSequenceAsync(CancellationToken cancellation);
}

/// <summary>A commit that is stored.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Applied">Which changes are in it; the others met a newer version.</param>
/// <param name="Sums">Deltas by place.</param>
public sealed record CommitResult(long Sequence, IReadOnlyList<bool> Applied, IReadOnlyDictionary<string, CellSums> Sums);

/// <summary>A writer that is not buried.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Silo">The silo that opened it.</param>
/// <param name="Fenced">It may not commit any more.</param>
/// <param name="Age">Since it was opened, by the store's clock.</param>
public readonly record struct WriterRecord(int Id, string Silo, bool Fenced, TimeSpan Age);

/// <summary>A vintage of a place; its position is where a query goes on.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.StoredVintage")]
public sealed record StoredVintage(
    [property: Id(0)] long Position, [property: Id(1)] string Place, [property: Id(2)] Vintage Vintage, [property: Id(3)] DateTimeOffset KnownFrom);

/// <summary>The store is away, locked or full; trying again later can help.</summary>
[GenerateSerializer, Alias("ClusterPulse.StoreUnavailable")]
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message) : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <summary>The transaction may have been stored all the same.</summary>
    [Id(0)] public bool OutcomeUnknown { get; init; }
}

/// <summary>Somebody else speaks for this writer's silo now.</summary>
[GenerateSerializer, Alias("ClusterPulse.WriterFenced")]
public sealed class WriterFencedException : Exception
{
    public WriterFencedException()
    {
    }

    public WriterFencedException(string message) : base(message)
    {
    }

    public WriterFencedException(string message, Exception inner) : base(message, inner)
    {
    }
}
