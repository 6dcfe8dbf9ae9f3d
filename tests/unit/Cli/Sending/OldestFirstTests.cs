using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Sending;
using ClusterPulse.Cli.Server;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Sending;

public sealed class OldestFirstTests
{
    [Fact]
    public async Task Months_come_oldest_first_and_keep_the_order_of_the_file_within()
    {
        FileReport[] rows =
        [
            At(0, "2026-03"), At(1, "2025-12"), SendRows.Unreadable(9), At(2, "2026-03"), At(3, "2025-12") with { Action = FileAction.Withdraw }, At(4, "2026-01"),
        ];

        var sorted = await SortAsync(rows);

        Assert.Equal(["", "e1", "e3", "e4", "e0", "e2"], sorted.Select(r => r.Report?.Enterprise ?? ""));
        foreach (var row in sorted.Skip(1))
        {
            var before = rows.Single(r => r.Report?.Enterprise == row.Report!.Enterprise);
            Assert.Equal(before.Report, row.Report);
            Assert.Equal((before.File, before.FirstLine, before.LastLine, before.Action), (row.File, row.FirstLine, row.LastLine, row.Action));
            Assert.Equal(before.Rows.Select(c => string.Join(',', c)), row.Rows.Select(c => string.Join(',', c)));
        }
    }

    [Fact]
    public async Task Nothing_is_left_on_the_disk()
    {
        var folder = Directory.CreateTempSubdirectory();
        using (var order = new OldestFirst(folder.FullName))
        {
            await foreach (var row in order.SortAsync(SendRows.Stream([At(0, "2026-03"), At(1, "2025-12")])))
                Assert.NotEmpty(folder.GetDirectories());
        }

        Assert.Empty(folder.GetFileSystemInfos());
        folder.Delete();
    }

    [Fact]
    public async Task A_file_of_too_many_months_is_refused()
    {
        var rows = Enumerable.Range(0, OldestFirst.MostMonths + 1).Select(m => At(m, $"{1900 + m / 12}-{m % 12 + 1:00}"));

        await Assert.ThrowsAsync<CommandFailure>(() => SortAsync([.. rows]));
    }

    private static FileReport At(int n, string period)
    {
        var row = SendRows.Report(n);
        row.Report!.Period = period;
        return row with { Rows = [["工业", "", $"{n}"], ["b"]] };
    }

    private static async Task<List<FileReport>> SortAsync(params FileReport[] rows)
    {
        using var order = new OldestFirst();
        var sorted = new List<FileReport>();
        await foreach (var row in order.SortAsync(SendRows.Stream(rows)))
            sorted.Add(row);
        return sorted;
    }
}
