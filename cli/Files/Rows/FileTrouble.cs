using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.Ingest;

namespace ClusterPulse.Cli.Files.Rows;

/// <summary>Why a file as a whole cannot be read: each failure says what is wrong, names the reason, and says what to do.</summary>
internal static class FileTrouble
{
    public static CommandFailure Unreadable(string file, Exception why) => Failure(
        file, "无法读取", "cannot be read", why.Message, null, "请检查路径和权限。", "Check the path and the permissions.");

    public static CommandFailure Damaged(string file, Exception why) => Failure(
        file, "文件已损坏", "it is damaged", why.Message, Reasons.DamagedFile, "请重新导出或重新下载该文件。", "Export or download the file again.");

    public static CommandFailure ExpandsTooFar(string file, string detail) => Failure(
        file, "压缩内容展开后过大", "its compressed content expands too far", detail, Reasons.ExpandsTooFar,
        "请解压后检查；如确为数据，请报送未压缩的 CSV。", "Unpack it and look; if it is data, send it as CSV that is not compressed.");

    public static CommandFailure OldWorkbook(string file) => Failure(
        file, "这是旧版 .xls 或加密的工作簿", "it is an old .xls or an encrypted workbook", "", Reasons.UnknownFormat,
        "请另存为不加密的 .xlsx 或 CSV。", "Save it as .xlsx without a password, or as CSV.");

    public static CommandFailure NoSheet(string file, string sheet, IEnumerable<string> sheets) => Failure(
        file, $"没有工作表“{sheet}”", $"it has no sheet '{sheet}'", string.Join(", ", sheets), Reasons.UnknownFormat,
        "请用 --sheet 指明上列之一。", "Name one of those listed with --sheet.");

    public static CommandFailure NoHeader(string file, string detail) => Failure(
        file, "未找到列名行", "no line of column names was found", detail, Reasons.UnknownFormat,
        "首行须含企业代码、报告期和数值列，见 docs/files.md；或运行 clusterpulse map FILE --save 后补充映射。",
        "A line must name the enterprise, the period and a value, see docs/files.md; or run clusterpulse map FILE --save and complete the mapping.");

    public static CommandFailure NoUnit(string file, string columns) => Failure(
        file, $"以下列未注明计量单位：{columns}", $"these columns say no unit: {columns}", "", Reasons.UnknownUnit,
        "请在列名中注明，如 工业总产值(千元)；或运行 clusterpulse map FILE --save 后在映射中填写 unit。",
        "Say it in the header, as Output (thousand CNY); or run clusterpulse map FILE --save and fill in the unit in the mapping.");

    public static CommandFailure Mapping(string file, string zh, string en) => Failure(
        file, zh, en, "", Reasons.UnknownFormat, "请更正映射，docs/files.md 说明全部字段。", "Correct the mapping; docs/files.md lists all fields.");

    private static CommandFailure Failure(string file, string zh, string en, string detail, string? reason, string adviceZh, string adviceEn)
    {
        var more = detail.Length == 0 ? "" : Words.Of($"（{detail}）", $" ({detail})");
        var name = reason is null ? "" : $"{reason}: ";
        return new(Words.Of($"{file}：{name}{zh}{more}。", $"{file}: {name}{en}{more}."), Words.Of(adviceZh, adviceEn));
    }
}
