using System.Globalization;
using Spectre.Console;

namespace ClusterPulse.Cli.Output;

/// <summary>How far something is: a bar on a terminal, else a line for each tenth. On standard error, so that the result alone is
/// on standard output.</summary>
internal static class ProgressView
{
    private const int Tenths = 10;

    public static Task<T> ShowAsync<T>(string what, Func<Action<double>, Task<T>> work) =>
        Console.IsErrorRedirected ? WithLinesAsync(what, work) : WithBarAsync(what, work);

    private static Task<T> WithBarAsync<T>(string what, Func<Action<double>, Task<T>> work) =>
        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }).Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(what), maxValue: 1);
                return await work(done => task.Value = done);
            });

    private static Task<T> WithLinesAsync<T>(string what, Func<Action<double>, Task<T>> work)
    {
        var told = -1;
        return work(done =>
        {
            var tenth = (int)Math.Floor(done * Tenths);
            if (tenth <= told)
                return;
            told = tenth;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {tenth * 100 / Tenths} %"));
        });
    }
}
