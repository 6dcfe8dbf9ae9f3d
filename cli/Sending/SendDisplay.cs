using System.Globalization;
using ClusterPulse.Cli.Language;
using Spectre.Console;

namespace ClusterPulse.Cli.Sending;

/// <summary>What a person sees while files are sent: a bar on a terminal, else a line every few seconds. On standard error, so that the
/// receipts alone are on standard output.</summary>
internal sealed class SendDisplay(TimeProvider time)
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    private readonly IAnsiConsole _console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>A person watches, and can stop it.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected;

    /// <summary>Says something at once; a bar stays below it.</summary>
    public void Line(string text)
    {
        if (IsWatched)
            _console.WriteLine(text);
        else
            Console.Error.WriteLine(text);
    }

    /// <summary>Shows how far it is until it has ended.</summary>
    /// <param name="file">What is sent.</param>
    /// <param name="tally">What became of its rows.</param>
    /// <param name="done">How much of it is read, 0 to 1.</param>
    /// <param name="work">The sending.</param>
    public async Task FollowAsync(string file, SendTally tally, Func<double> done, Func<Task> work)
    {
        var rate = new SendRate();
        var began = time.GetTimestamp();
        rate.Mark(TimeSpan.Zero, tally.Durable, done());
        if (!IsWatched)
        {
            await RefreshAsync(work(), LineEvery, () => Line($"{file}: {Step(tally, done(), rate, began, withPercent: true)}"));
            return;
        }
        await _console.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(file), maxValue: 1);
                await RefreshAsync(work(), Frame, () =>
                {
                    task.Description = Markup.Escape(Step(tally, done(), rate, began, withPercent: false));
                    task.Value = done();
                });
                task.Value = task.MaxValue;
            });
    }

    private async Task RefreshAsync(Task work, TimeSpan every, Action show)
    {
        using var timer = new PeriodicTimer(every, time);
        var tick = timer.WaitForNextTickAsync().AsTask();
        while (await Task.WhenAny(work, tick) != work)
        {
            show();
            tick = timer.WaitForNextTickAsync().AsTask();
        }
        await work;
    }

    private string Step(SendTally tally, double done, SendRate rate, long began, bool withPercent)
    {
        rate.Mark(time.GetElapsedTime(began), tally.Durable, done);
        var left = rate.Left is { } span ? span.ToString(span.TotalDays < 1 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture) : "?";
        var percent = withPercent ? string.Create(CultureInfo.InvariantCulture, $"{done * 100:0} %, ") : "";
        var (rows, speed) = (tally.Durable.ToString("N0", CultureInfo.InvariantCulture), rate.RowsPerSecond.ToString("N0", CultureInfo.InvariantCulture));
        return percent + Words.Of($"已入库 {rows} 行，每秒 {speed} 行，剩余 {left}", $"{rows} rows in, {speed}/s, {left} left")
            + (tally.Breaks == 0 ? "" : Words.Of($"，重试 {tally.Breaks} 次", $", {tally.Breaks} retries"));
    }
}
