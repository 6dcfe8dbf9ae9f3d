using System.Diagnostics.Metrics;
using ClusterPulse.Facts;

namespace ClusterPulse;

/// <summary>System metrics of one process, meter <see cref="MeterName"/>.</summary>
public sealed class PulseMetrics
{
    public const string MeterName = "ClusterPulse";

    /// <summary>Instrument by which silos are scaled. Prometheus names it with underscores.</summary>
    public const string QueueDepth = "clusterpulse.commit.queue_depth";

    private readonly Counter<long> _reports;
    private readonly Counter<long> _rejections;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<long> _commitRows;
    private readonly UpDownCounter<long> _queueDepth;
    private readonly Histogram<double> _visibleDelay;
    private readonly Counter<long> _catchUps;
    private readonly Counter<long> _rebuilds;
    private readonly Counter<long> _storeErrors;
    private readonly Counter<long> _rejudged;
    private readonly Counter<long> _drift;
    private readonly Counter<long> _driftChecks;
    private readonly Counter<long> _buried;

    public PulseMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _reports = meter.CreateCounter<long>("clusterpulse.reports", description: "Rows of submissions, by outcome");
        _rejections = meter.CreateCounter<long>("clusterpulse.rejections", description: "Rejected rows, by reason");
        _commitDuration = meter.CreateHistogram<double>("clusterpulse.commit.duration", "s", "Time of one store transaction");
        _commitRows = meter.CreateHistogram<long>("clusterpulse.commit.rows", description: "Changes in one store transaction");
        _queueDepth = meter.CreateUpDownCounter<long>(QueueDepth, description: "Changes that wait for a writer");
        _visibleDelay = meter.CreateHistogram<double>("clusterpulse.visible_delay", "s", "From commit to visible in the place");
        _catchUps = meter.CreateCounter<long>("clusterpulse.catch_ups", description: "Messages for which the log was read instead");
        _rebuilds = meter.CreateCounter<long>("clusterpulse.rebuilds", description: "Rebuilds of aggregates from facts");
        _storeErrors = meter.CreateCounter<long>("clusterpulse.store_errors", description: "Failed store transactions and reads");
        _drift = meter.CreateCounter<long>("clusterpulse.drift", description: "Places whose members differed from the facts");
        _driftChecks = meter.CreateCounter<long>("clusterpulse.drift_checks", description: "Checks of the places' members against the facts");
        _buried = meter.CreateCounter<long>("clusterpulse.buried_writers", description: "Writers of dead silos whose commits were delivered");
        // A counter that nothing has touched is not exported, and "no drift" must be seen.
        _drift.Add(0);
        _driftChecks.Add(0);
        _buried.Add(0);
        _rejudged = meter.CreateCounter<long>("clusterpulse.rejudged_buyers", description: "Buyers judged anew after a supplier changed");
    }

    public void Answered(BatchReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        Count(receipt.Accepted, "accepted");
        Count(receipt.Duplicate, "duplicate");
        Count(receipt.Revised, "revised");
        Count(receipt.Rejected, "rejected");
        foreach (var row in receipt.Rows)
        {
            if (row.Outcome == RowOutcome.Rejected && row.Violations.Length > 0)
                _rejections.Add(1, new KeyValuePair<string, object?>("reason", row.Violations[0].Reason));
        }
    }

    public void Committed(int changes, TimeSpan duration)
    {
        _commitRows.Record(changes);
        _commitDuration.Record(duration.TotalSeconds);
    }

    public void Queued(int changes) => _queueDepth.Add(changes);

    public void Visible(TimeSpan delay) => _visibleDelay.Record(delay.TotalSeconds);

    public void CaughtUp() => _catchUps.Add(1);

    public void Rebuilt() => _rebuilds.Add(1);

    public void StoreFailed() => _storeErrors.Add(1);

    public void Drifted() => _drift.Add(1);

    public void CheckedDrift() => _driftChecks.Add(1);

    public void Buried() => _buried.Add(1);

    public void Rejudged() => _rejudged.Add(1);

    private void Count(int rows, string outcome)
    {
        if (rows > 0)
            _reports.Add(rows, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
