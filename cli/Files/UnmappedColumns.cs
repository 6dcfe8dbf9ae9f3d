using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Files;

/// <summary>Columns that nothing is read from are told each time, on standard error: nothing is dropped without a word.</summary>
internal static class UnmappedColumns
{
    public static void Show(ReportFile file)
    {
        if (file.Unmapped.Count > 0)
        {
            Console.Error.WriteLine(Words.Of(
                $"{file.Name}：以下列未读取：{string.Join('、', file.Unmapped)}（可用 clusterpulse map 设置）",
                $"{file.Name}: these columns are not read: {string.Join(", ", file.Unmapped)} (clusterpulse map shows how to)"));
        }
    }
}
