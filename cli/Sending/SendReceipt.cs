using System.Globalization;
using ClusterPulse.Cli.Language;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Sending;

/// <summary>What came of a file.</summary>
/// <param name="Submission">As the server has it: its counts are of all runs together.</param>
/// <param name="File">The file; null: nobody knows it here.</param>
/// <param name="Tally">What this run saw; null: nothing was sent.</param>
internal sealed record SendReceipt(Submission Submission, string? File = null, SendTally? Tally = null)
{
    /// <summary>Some rows are not in.</summary>
    public bool HasRejections => Submission.Rejected > 0 || Tally?.Refused > 0;

    public void Show(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = false }.AddColumns("", "");
        if (File is not null)
            Add("文件", "file", File);
        Add("报送批次", "submission", Submission.Name);
        Add("SHA-256", "sha256", Submission.Sha256);
        Add("状态", "state", State(Submission.State));
        Add("行数", "rows", Count(Submission.NextOffset));
        Add("已入库", "accepted", Count(Submission.Accepted));
        Add("已更正", "revised", Count(Submission.Revised));
        Add("无变化", "duplicate", Count(Submission.Duplicate));
        Add("已拒收", "rejected", Count(Submission.Rejected));
        Add("有提示", "warned", Count(Submission.Warned));
        AddCount("无法读取", "unreadable, not sent", Tally?.Refused);
        AddCount("已撤回", "withdrawn", Tally?.Withdrawn);
        AddCount("要求撤回但不存在", "to withdraw, not there", Tally?.NotThere);
        AddCount("此前已入库的行", "rows in before this run", Tally?.Before);
        AddCount("重试次数", "retries", Tally?.Breaks);
        Add("入库时间", "committed", Submission.LastReceipt?.CommitTime ?? "");
        console.Write(table);

        void Add(string zh, string en, string value) => table.AddRow(Words.Of(zh, en), Markup.Escape(value));

        void AddCount(string zh, string en, long? count)
        {
            if (count > 0)
                Add(zh, en, Count(count.Value));
        }
    }

    /// <summary>A state in words.</summary>
    public static string State(Submission.Types.State state) => state switch
    {
        Submission.Types.State.Open => Words.Of("未完", "open"),
        Submission.Types.State.Finalized => Words.Of("已完成", "finalized"),
        Submission.Types.State.Withdrawn => Words.Of("已撤回", "withdrawn"),
        _ => "",
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
