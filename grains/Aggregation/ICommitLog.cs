namespace ClusterPulse.Aggregation;

/// <summary>What one place does with the store. Each method is one snapshot or one transaction.</summary>
public interface ICommitLog
{
    /// <summary>Checkpoint, floor, writers' positions and what the log holds beyond the checkpoint, in one snapshot.</summary>
    ValueTask<PlaceImage> LoadAsync(string place, CancellationToken cancellation);

    /// <summary>Deltas of the place by the writer's commits in (after, upto], and the writer's floor, in one snapshot.</summary>
    ValueTask<MissingCommits> ReadMissingAsync(string place, int writer, long after, long upto, CancellationToken cancellation);

    /// <summary>Stores changed cells and the vector, if the stored version is still the expected one.</summary>
    /// <returns>Whether it was.</returns>
    ValueTask<bool> TryCheckpointAsync(string place, PlaceCheckpoint checkpoint, CancellationToken cancellation);

    /// <summary>Version of the stored checkpoint, 0 where there is none, and the log floor, in one snapshot.</summary>
    ValueTask<(long Version, CommitVector Floor)> ReadFloorAsync(string place, CancellationToken cancellation);
}

/// <summary>A place as the store knows it.</summary>
/// <param name="Version">Of the checkpoint; 0: none.</param>
/// <param name="Cells">Stored cells.</param>
/// <param name="Known">Vector of the checkpoint.</param>
/// <param name="Floor">Below it every place counts as caught up.</param>
/// <param name="Positions">Where each writer stands.</param>
/// <param name="Log">Entries of the place beyond max(known, floor).</param>
public sealed record PlaceImage(
    long Version,
    IReadOnlyList<KeyValuePair<CellKey, long>> Cells,
    CommitVector Known,
    CommitVector Floor,
    CommitVector Positions,
    IReadOnlyList<LogEntry> Log);

/// <summary>One commit's deltas in one place.</summary>
public readonly record struct LogEntry(int Writer, long Sequence, CellSums Sums);

/// <summary>What was missing, as of one snapshot.</summary>
/// <param name="Floor">The writer's floor: entries up to it may be gone.</param>
/// <param name="Entries">In (after, upto].</param>
public sealed record MissingCommits(long Floor, IReadOnlyList<LogEntry> Entries);

/// <summary>What a place stores.</summary>
/// <param name="ExpectedVersion">The version that this activation loaded or wrote last.</param>
/// <param name="Dirty">Cells that changed since, with their amounts.</param>
/// <param name="Known">How far it knows each writer.</param>
/// <param name="Vintages">Settled figures that are new, see <see cref="Indicators.Vintage"/>.</param>
public sealed record PlaceCheckpoint(
    long ExpectedVersion,
    IReadOnlyList<KeyValuePair<CellKey, long>> Dirty,
    CommitVector Known,
    IReadOnlyList<Indicators.Vintage> Vintages);
