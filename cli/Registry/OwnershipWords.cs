using ClusterPulse.V1;

namespace ClusterPulse.Cli.Registry;

/// <summary>Forms of ownership as registers write them: the six groups, and the names of the types of registration (登记注册类型) that each
/// group is made of in China's statistics (国统字〔2011〕86号, and the names of companies since 2023). The types' numbers are not read, since
/// the two editions give them different meanings.</summary>
internal static class OwnershipWords
{
    private static readonly Dictionary<string, Ownership> Known = Table(
        (Ownership.State, "state 国有 国有控股 国有企业 国有独资公司 国有联营企业 全民所有制 全民所有制企业"),
        (Ownership.Collective, "collective 集体 集体企业 集体联营企业 集体所有制 集体所有制企业"),
        (Ownership.Private, "private 私营 民营 私营企业 私营独资企业 私营合伙企业 私营有限责任公司 私营股份有限公司"),
        (Ownership.OtherDomestic,
            "other_domestic other 内资 其他内资 内资企业 其他内资企业 股份合作企业 联营企业 国有与集体联营企业 其他联营企业 有限责任公司 "
            + "其他有限责任公司 股份有限公司 其他股份有限公司 其他企业"),
        (Ownership.Hmt,
            "hmt 港澳台 港澳台商投资 港澳台商投资企业 港澳台投资企业 港澳台合资经营企业 合资经营企业港或澳台资 合作经营企业港或澳台资 "
            + "港澳台商独资经营企业 港澳台商投资股份有限公司 其他港澳台商投资企业 港澳台投资有限责任公司 港澳台投资股份有限公司 "
            + "港澳台投资合伙企业 其他港澳台投资企业"),
        (Ownership.Foreign,
            "foreign 外商 外资 外商投资 外商投资企业 外资企业 中外合资经营企业 中外合作经营企业 外商投资有限责任公司 外商投资股份有限公司 "
            + "外商投资合伙企业 其他外商投资企业"));

    /// <summary>What the word means; null where it is none of them. Pauses and brackets do not count: 港、澳、台商 is 港澳台商.</summary>
    public static Ownership? Find(string word) =>
        Known.TryGetValue(string.Concat(word.Where(c => c is not ('、' or '(' or ')' or '（' or '）' or ' ' or ','))), out var known) ? known : null;

    private static Dictionary<string, Ownership> Table(params (Ownership Group, string Words)[] groups) => groups
        .SelectMany(g => g.Words.Split(' ').Select(w => (Word: w, g.Group)))
        .ToDictionary(p => p.Word, p => p.Group, StringComparer.OrdinalIgnoreCase);
}
