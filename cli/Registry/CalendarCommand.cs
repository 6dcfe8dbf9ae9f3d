using System.CommandLine;
using System.Globalization;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Registry;

/// <summary>Until when reports are due.</summary>
internal static class CalendarCommand
{
    public static Command Create() => new("calendar", Words.Of("各报表的报送期限", "Due days of feeds")) { new CalendarGetCommand(), new CalendarSetCommand() };

    public static void Show(IAnsiConsole console, ReportingCalendar calendar)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns(
            Words.Of("报表", "feed"), Words.Of("次月几日", "due day"), Words.Of("宽限天数", "days of grace"), Words.Of("累计报送", "year to date"),
            Words.Of("另定期限", "months due on another day"));
        foreach (var feed in calendar.Feeds)
        {
            table.AddRow(
                FeedWords.Word(feed.Feed), feed.DueDay.ToString(CultureInfo.InvariantCulture), feed.GraceDays.ToString(CultureInfo.InvariantCulture),
                feed.YearToDate ? Words.Of("是，无一月报", "yes, no January") : "", string.Join(", ", feed.Exceptions.Select(e => $"{e.Period}: {e.Date}")));
        }
        console.Write(table);
        console.WriteLine(calendar.WeekendsOff
            ? Words.Of("逢周末及节假日顺延。", "A due day on a weekend or holiday moves to the next working day.")
            : Words.Of("逢节假日顺延。", "A due day on a holiday moves to the next working day."));
        if (calendar.Holidays.Count > 0)
            console.WriteLine(Words.Of("节假日：", "Holidays: ") + string.Join(' ', calendar.Holidays));
        if (calendar.WorkingDays.Count > 0)
            console.WriteLine(Words.Of("调休上班：", "Worked all the same: ") + string.Join(' ', calendar.WorkingDays));
        console.WriteLine(calendar.Etag.Length == 0
            ? Words.Of("出自服务器配置。", "It is that of the server's configuration.")
            : Words.Of($"由 {calendar.DecidedBy} 设定：{calendar.Reason}", $"Set by {calendar.DecidedBy}: {calendar.Reason}"));
    }
}

/// <summary>Shows the calendar.</summary>
internal sealed class CalendarGetCommand() : ServerCommand("get", Words.Of(
        """
        查看

        示例：clusterpulse calendar get
        """,
        """
        Show it

        Example: clusterpulse calendar get
        """))
{
    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var calendar = await new ObligationService.ObligationServiceClient(session.Channel).GetReportingCalendarAsync(
            new() { Name = "reportingCalendar" }, cancellationToken: cancellation);
        session.Output.Print(calendar, console => CalendarCommand.Show(console, calendar));
        return ExitCode.Done;
    }
}

/// <summary>Sets some of the calendar; what is not named stays.</summary>
internal sealed class CalendarSetCommand : ServerCommand
{
    private readonly Option<string[]> _feeds = new("--feed") { Description = Words.Of("所设报表；省略则为全部", "Feeds that it is set for; all without it") };
    private readonly Option<int?> _dueDay = new("--due-day") { Description = Words.Of("次月几日，1 至 28", "Day of the following month, 1 to 28") };
    private readonly Option<int?> _grace = new("--grace") { Description = Words.Of("宽限天数，0 至 60", "Days of grace, 0 to 60") };
    private readonly Option<bool?> _yearToDate = new("--year-to-date") { Description = Words.Of("累计报送，无一月报：true 或 false", "Reported year to date, without a January: true or false") };
    private readonly Option<string[]> _due = new("--due") { Description = Words.Of("某月另定期限：YYYY-MM=YYYY-MM-DD", "A month that is due on another day: YYYY-MM=YYYY-MM-DD") };
    private readonly Option<bool?> _weekends = new("--weekends-off") { Description = Words.Of("周末顺延：true 或 false", "Weekends are days off: true or false") };
    private readonly Option<string[]> _holidays = new("--holiday") { Description = Words.Of("增加节假日，YYYY-MM-DD", "A day off to add, YYYY-MM-DD") };
    private readonly Option<string[]> _working = new("--working-day") { Description = Words.Of("增加调休上班日，YYYY-MM-DD", "A day to add that is worked in exchange, YYYY-MM-DD") };
    private readonly Option<string> _decidedBy = DecidedBy.Create();
    private readonly Option<string> _reason = new("--reason") { Description = Words.Of("理由", "Why"), Required = true };

    public CalendarSetCommand() : base("set", Words.Of(
        """
        设定；未提及的保持不变

        示例：clusterpulse calendar set --feed output --due-day 10 --grace 5 --holiday 2026-10-01 --decided-by 省局 --reason 国庆
        """,
        """
        Set it; what is not named stays

        Example: clusterpulse calendar set --feed output --due-day 10 --grace 5 --holiday 2026-10-01 --decided-by centre --reason "national day"
        """))
    {
        foreach (var option in new Option[] { _feeds, _dueDay, _grace, _yearToDate, _due, _weekends, _holidays, _working, _decidedBy, _reason })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var client = new ObligationService.ObligationServiceClient(session.Channel);
        var calendar = await client.GetReportingCalendarAsync(new() { Name = "reportingCalendar" }, cancellationToken: cancellation);
        var named = (parsed.GetValue(_feeds) ?? []).Select(FeedWords.Required).ToHashSet();
        var due = (parsed.GetValue(_due) ?? []).Select(DueDate).ToList();
        foreach (var feed in calendar.Feeds.Where(f => named.Count == 0 || named.Contains(f.Feed)))
        {
            feed.DueDay = parsed.GetValue(_dueDay) ?? feed.DueDay;
            feed.GraceDays = parsed.GetValue(_grace) ?? feed.GraceDays;
            feed.YearToDate = parsed.GetValue(_yearToDate) ?? feed.YearToDate;
            var kept = feed.Exceptions.Where(e => due.TrueForAll(d => d.Period != e.Period)).ToList();
            feed.Exceptions.Clear();
            feed.Exceptions.AddRange(kept.Concat(due));
        }
        calendar.WeekendsOff = parsed.GetValue(_weekends) ?? calendar.WeekendsOff;
        calendar.Holidays.AddRange(parsed.GetValue(_holidays) ?? []);
        calendar.WorkingDays.AddRange(parsed.GetValue(_working) ?? []);
        var stored = await client.UpdateReportingCalendarAsync(
            new() { ReportingCalendar = calendar, DecidedBy = parsed.GetRequiredValue(_decidedBy), Reason = parsed.GetRequiredValue(_reason) },
            cancellationToken: cancellation);
        session.Output.Print(stored, console => CalendarCommand.Show(console, stored));
        return ExitCode.Done;
    }

    private static DueDate DueDate(string text) => text.Split('=') is [var period, var date]
        ? new() { Period = period, Date = date }
        : throw CommandFailure.Usage(
            Words.Of($"--due 为“{text}”。", $"--due is '{text}'."), Words.Of("须如 2026-01=2026-02-25。", "It must look like 2026-01=2026-02-25."));
}
