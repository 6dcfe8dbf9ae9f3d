using System.Text.Json;
using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;

namespace ClusterPulse.Explain;

/// <summary>The sums that figures are made of: every cell belongs to one of them.</summary>
internal static class CellGroups
{
    /// <summary>Name and bilingual name of the sum that a cell belongs to.</summary>
    public static (string Name, string NameZh, string NameEn) Of(CellKey key) => key.Measure switch
    {
        Measure.Active => ByFunding(key, "enterprises", "企业数", "enterprises"),
        Measure.Output => ByFunding(key, "output", "产值", "output"),
        Measure.Export => ByFunding(key, "exports", "出口", "exports"),
        Measure.Employment => ByFunding(key, "employment", "从业人员", "employment"),
        Measure.SizeCount => BySize(key, "enterprises", "企业数", "enterprises"),
        Measure.SizeEmployment => BySize(key, "employment", "从业人员", "employment"),
        Measure.EmploymentSquare => ("employment_squares", "企业从业人员平方", "squares of enterprises' persons"),
        Measure.Fdi => ("fdi", "实际使用外资", "utilised FDI by immediate source"),
        Measure.FdiByIndustry => ("fdi_by_industry", "实际使用外资（分行业）", "utilised FDI by industry"),
        Measure.FdiUltimate => ("fdi_ultimate", "实际使用外资（最终来源）", "utilised FDI by ultimate source"),
        Measure.Purchases when key.Dimension.StartsWith(Dimensions.Local, StringComparison.Ordinal) =>
            ("local_purchases", "本地采购", "purchases from local suppliers"),
        Measure.Purchases => ("other_purchases", "非本地采购", "purchases from other suppliers"),
        Measure.Reported or Measure.PriorReported or Measure.PriorExpected => ("reporting", "上报情况", "reporting"),
        Measure.Suspect => ("suspect", "存疑报表", "suspect reports"),
        Measure.SuspectNow => ("suspect_now", "存疑企业当期值", "value of enterprises with suspect reports in the month"),
        Measure.SuspectThen => ("suspect_then", "存疑企业基期值", "value of enterprises with suspect reports in the base month"),
        Measure.MatchedNow => ("matched_now", "可比企业当期值", "value of comparable enterprises in the month"),
        Measure.MatchedThen => ("matched_then", "可比企业基期值", "value of comparable enterprises in the base month"),
        Measure.Linked => ("linked", "有本地配套的外资企业", "linked foreign-funded enterprises"),
        Measure.SupplierReached => ("suppliers_reached", "配套本地供应商", "local suppliers reached"),
        Measure.LinkedSupplier => ("linked_suppliers", "区域内配套供应商", "linked suppliers located here"),
        Measure.EstateLinked => ("estates_linked", "有配套关系的园区", "estates with linkage"),
        Measure.Estates => ("estates", "园区", "estates"),
        Measure.Births => ("births", "新生企业", "births of enterprises"),
        Measure.Deaths => ("deaths", "关闭企业", "deaths of enterprises"),
        Measure.OutputMatchedNow => ByFunding(key, "matched_output_now", "可比企业当期产值", "output of comparable enterprises in the month"),
        Measure.OutputMatchedThen => ByFunding(key, "matched_output_then", "可比企业基期产值", "output of comparable enterprises in the base month"),
        Measure.LinkSurvived => ("links_survived", "存续的配套关系", "links that survived"),
        Measure.NetworkLink => ("network_links", "供应关系", "links of the supply network"),
        Measure.NetworkBuyer => ("network_buyers", "有供应关系的采购企业", "buyers of the supply network"),
        Measure.NetworkPair => ("network_pairs", "互为供应的企业对", "pairs of the supply network"),
        Measure.FdiInvestor => ("fdi_by_investor", "按投资者的实际使用外资", "utilised FDI by investor"),
        Measure.EnterpriseOutput => ("output_by_enterprise", "按企业的产值", "output by enterprise"),
        Measure.BuyerSuppliers => ("suppliers_by_buyer", "各采购企业的供应商", "suppliers by buyer"),
        Measure.LinkedByIndustry => ("linked_by_industry", "分行业有本地配套的外资企业", "linked foreign-funded enterprises by industry"),
        Measure.PurchasesByIndustry => ("purchases_by_industry", "分行业采购", "purchases by industry"),
        Measure.ActiveByClass => ByFunding(key, "enterprises_by_class", "企业数（行业小类）", "enterprises by class of industry"),
        Measure.OutputByClass => ByFunding(key, "output_by_class", "产值（行业小类）", "output by class of industry"),
        Measure.ExportByClass => ByFunding(key, "exports_by_class", "出口（行业小类）", "exports by class of industry"),
        Measure.EmploymentByClass => ByFunding(key, "employment_by_class", "从业人员（行业小类）", "employment by class of industry"),
        _ => Plain(key.Measure),
    };

    private static (string, string, string) ByFunding(CellKey key, string word, string zh, string en) =>
        Kinds.IsForeignFunded(key.Dimension)
            ? ($"foreign_funded_{word}", $"外资企业{zh}", $"foreign-funded: {en}")
            : ($"domestic_{word}", $"内资企业{zh}", $"domestic: {en}");

    private static (string, string, string) BySize(CellKey key, string word, string zh, string en) =>
        key.Dimension == Dimensions.Small
            ? ($"small_and_medium_{word}", $"中小企业{zh}", $"small and medium-sized: {en}")
            : ($"large_{word}", $"大型企业{zh}", $"large: {en}");

    private static (string, string, string) Plain(Measure measure)
    {
        var word = JsonNamingPolicy.SnakeCaseLower.ConvertName(measure.ToString());
        return (word, word, word.Replace('_', ' '));
    }
}
