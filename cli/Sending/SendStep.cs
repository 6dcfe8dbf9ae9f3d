using System.Collections.Immutable;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Registry;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Sending;

/// <summary>What is done next with a file, in its order.</summary>
internal abstract record SendStep;

/// <summary>Rows that go in one message.</summary>
/// <param name="Offset">Rows of the submission before them.</param>
/// <param name="Rows">The rows; the n-th has the number <paramref name="Offset"/> + n.</param>
internal sealed record SendBatch(long Offset, ImmutableArray<FileReport> Rows) : SendStep
{
    /// <summary>Offset of what follows.</summary>
    public long End => Offset + Rows.Length;

    public AppendReportsRequest ToRequest(string submission) =>
        new() { Submission = submission, Offset = Offset, Reports = { Rows.Select(r => r.Report) } };
}

/// <summary>A report that is taken back once all rows before it are durable, and before any row after it is sent.</summary>
internal sealed record SendWithdrawal(FileReport Row) : SendStep
{
    /// <summary>The report's name.</summary>
    public string Name
    {
        get
        {
            const string Prefix = "enterprises/";
            var report = Row.Report!;
            var enterprise = report.Enterprise.StartsWith(Prefix, StringComparison.Ordinal) ? report.Enterprise : Prefix + report.Enterprise;
            return $"{enterprise}/reports/{FeedWords.Word(report.Feed)}.{report.Period}";
        }
    }
}
