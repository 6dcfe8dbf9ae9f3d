using ClusterPulse.V1;

namespace ClusterPulse.Cli.Files.Mapping;

/// <summary>Words in cells of files of reports, Chinese and English.</summary>
internal static class FileWords
{
    private static readonly Dictionary<string, Feed> Feeds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["output"] = V1.Feed.Output, ["产值"] = V1.Feed.Output, ["工业总产值"] = V1.Feed.Output, ["总产值"] = V1.Feed.Output,
        ["export"] = V1.Feed.Export, ["exports"] = V1.Feed.Export, ["出口"] = V1.Feed.Export, ["出口交货值"] = V1.Feed.Export, ["出口额"] = V1.Feed.Export,
        ["employment"] = V1.Feed.Employment, ["从业人员"] = V1.Feed.Employment, ["用工"] = V1.Feed.Employment,
        ["fdi"] = V1.Feed.Fdi, ["外资"] = V1.Feed.Fdi, ["外商直接投资"] = V1.Feed.Fdi, ["实际使用外资"] = V1.Feed.Fdi,
        ["linkage"] = V1.Feed.Linkage, ["配套"] = V1.Feed.Linkage, ["配套采购"] = V1.Feed.Linkage, ["采购"] = V1.Feed.Linkage,
    };

    private static readonly Dictionary<string, Basis> Bases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["month"] = V1.Basis.Month, ["M"] = V1.Basis.Month, ["当月"] = V1.Basis.Month, ["本月"] = V1.Basis.Month,
        ["year_to_date"] = V1.Basis.YearToDate, ["ytd"] = V1.Basis.YearToDate, ["year to date"] = V1.Basis.YearToDate,
        ["累计"] = V1.Basis.YearToDate, ["本年累计"] = V1.Basis.YearToDate,
    };

    private static readonly Dictionary<string, ReportStatus> Statuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["provisional"] = ReportStatus.Provisional, ["P"] = ReportStatus.Provisional, ["初步"] = ReportStatus.Provisional, ["快报"] = ReportStatus.Provisional,
        ["estimated"] = ReportStatus.Estimated, ["E"] = ReportStatus.Estimated, ["估计"] = ReportStatus.Estimated,
        ["final"] = ReportStatus.Final, ["A"] = ReportStatus.Final, ["最终"] = ReportStatus.Final, ["年报"] = ReportStatus.Final,
    };

    private static readonly Dictionary<string, FileAction> Actions = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = FileAction.Report, ["I"] = FileAction.Report, ["A"] = FileAction.Report, ["R"] = FileAction.Report, ["M"] = FileAction.Report,
        ["D"] = FileAction.Withdraw, ["report"] = FileAction.Report, ["withdraw"] = FileAction.Withdraw, ["报送"] = FileAction.Report, ["撤回"] = FileAction.Withdraw,
    };

    public static Feed? Feed(string word) => Feeds.TryGetValue(word, out var known) ? known : null;

    public static Basis? Basis(string word) => Bases.TryGetValue(word, out var known) ? known : null;

    public static ReportStatus? Status(string word) => Statuses.TryGetValue(word, out var known) ? known : null;

    public static FileAction? Action(string word) => Actions.TryGetValue(word, out var known) ? known : null;
}
