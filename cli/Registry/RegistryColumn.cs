using ClusterPulse.Cli.Files;

namespace ClusterPulse.Cli.Registry;

/// <summary>A column of a file of registration.</summary>
/// <param name="Field">The field of the API that it fills, which errors name; empty: it says how to read the row.</param>
/// <param name="Headers">How files call it, Chinese and English; the first of each is what we write.</param>
internal sealed record RegistryColumn(string Field, params string[] Headers);

/// <summary>The columns that are known.</summary>
internal static class RegistryColumns
{
    public const string Change = "change";

    /// <summary>Of enterprises.</summary>
    public static IReadOnlyList<RegistryColumn> Enterprise { get; } =
    [
        new(Change, "变更类型", "变更", "change"),
        new("name", "企业代码", "统一社会信用代码", "组织机构代码", "企业", "单位代码", "enterprise", "uscc", "code", "name"),
        new("valid_from", "生效月份", "起始月份", "生效时间", "valid_from", "from", "month"),
        new("region", "区划代码", "行政区划代码", "区划", "地区代码", "region", "region_code"),
        new("estate", "园区", "开发区", "所在园区", "estate"),
        new("industry", "行业代码", "行业", "industry", "industry_code"),
        new("ownership", "登记注册类型", "注册类型", "所有制", "ownership"),
        new("investor_economy", "投资方国别", "投资国别地区", "主要投资方", "investor_economy", "investor"),
        new("hi_tech", "高新技术", "高新技术企业", "hi_tech", "hitech"),
        new("closed", "注销", "是否注销", "closed"),
        new("name_zh", "企业名称", "单位名称", "中文名称", "name_zh"),
        new("name_en", "英文名称", "name_en"),
        new("controlling_enterprise", "控股企业", "实际控制企业", "controlling_enterprise", "controlling"),
        new("size", "企业规模", "单位规模", "规模", "size"),
        new("successor", "承接企业", "合并后企业", "存续企业", "successor"),
    ];

    /// <summary>Of estates.</summary>
    public static IReadOnlyList<RegistryColumn> Estate { get; } =
    [
        new("name", "园区标识", "园区", "estate", "id", "name"),
        new("region", "区划代码", "行政区划代码", "region", "region_code"),
        new("name_zh", "园区名称", "中文名称", "name_zh"),
        new("name_en", "英文名称", "name_en"),
        new("valid_from", "生效月份", "起始月份", "设立月份", "valid_from", "from"),
        new("rank", "级别", "园区级别", "rank"),
        new("closed_from", "撤销月份", "closed_from"),
    ];

    /// <summary>Which column of the file fills which field.</summary>
    /// <param name="known">Columns that are known.</param>
    /// <param name="header">The file's first line.</param>
    /// <param name="unknown">Headers that are not.</param>
    public static IReadOnlyDictionary<string, int> Match(IReadOnlyList<RegistryColumn> known, string[] header, out IReadOnlyList<string> unknown)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var rest = new List<string>();
        for (var i = 0; i < header.Length; i++)
        {
            var word = Plain(header[i]);
            var column = known.FirstOrDefault(c => c.Headers.Any(h => Plain(h) == word));
            // A file of rejects says more in its first columns.
            if (word.Length == 0 || RejectsFile.Headers.Contains(header[i]))
                continue;
            if (column is null || !places.TryAdd(column.Field, i))
                rest.Add(header[i]);
        }
        unknown = rest;
        return places;
    }

    private static string Plain(string header) => header.Trim('\uFEFF', ' ', '*', '＊').Replace(' ', '_').Replace("（", "(", StringComparison.Ordinal).ToUpperInvariant();
}
