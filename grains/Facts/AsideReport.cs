namespace ClusterPulse.Facts;

/// <summary>A report that was taken but does not count, since a bureau nearer to the enterprise, or one that the centre chose, reports the
/// same: all that decisions need of it. Its content stays in the store.</summary>
public sealed record AsideReport
{
    public required ReportKey Key { get; init; }

    /// <summary>Counted by itself for each bureau: revisions of one bureau say nothing about those of another.</summary>
    public required int Revision { get; init; }

    public required ReportOrigin Origin { get; init; }

    /// <inheritdoc cref="StoredReport.ContentHash"/>
    public required ulong ContentHash { get; init; }

    /// <inheritdoc cref="StoredReport.Standing"/>
    public int Standing { get; init; }

    /// <summary>A later one of the same bureau took its place, or the bureau's own report came to count.</summary>
    public bool Replaced { get; init; }

    /// <summary>Taken back by its bureau.</summary>
    public bool Withdrawn { get; init; }
}

/// <summary>What happens to reports that were set aside. It is stored with the enterprise's other changes, and adds to no cell.</summary>
/// <param name="Key">What they are about.</param>
/// <param name="Bureau">Whose they are.</param>
public abstract record AsideWrite(ReportKey Key, string Bureau);

/// <summary>One more; it takes the place of the bureau's last one.</summary>
/// <param name="Report">The report.</param>
/// <param name="Content">What it says.</param>
public sealed record AsideAdded(AsideReport Report, ReportContent Content) : AsideWrite(Report.Key, Report.Origin.Bureau);

/// <summary>The bureau's own report counts from now on.</summary>
public sealed record AsideReplaced(ReportKey Key, string Bureau) : AsideWrite(Key, Bureau);

/// <summary>Taken back: those of one submission, or all where none is named.</summary>
public sealed record AsideWithdrawn(ReportKey Key, string Bureau, string? Submission, Withdrawal Withdrawal) : AsideWrite(Key, Bureau);
