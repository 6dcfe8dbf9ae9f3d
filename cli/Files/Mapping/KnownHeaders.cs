namespace ClusterPulse.Cli.Files.Mapping;

/// <summary>How files call their columns, Chinese and English, without spaces, hyphens and underscores, in upper case.</summary>
internal static class KnownHeaders
{
    /// <summary>Words of columns that look like a figure of the month but are another: a year ago, a change, a share, a plan.</summary>
    public static IReadOnlyList<string> Comparisons { get; } =
        ["上年", "去年", "同期", "同比", "环比", "增速", "增长", "增减", "比重", "占比", "计划", "预计", "%", "LASTYEAR", "PREVIOUSYEAR", "PRIORYEAR", "CHANGE", "GROWTH", "SHARE", "YOY", "PLAN"];

    /// <summary>Words of a column that say it is the year to date.</summary>
    public static IReadOnlyList<string> YearToDate { get; } = ["本年累计", "年初至今", "年初累计", "累计", "YEARTODATE", "YTD", "CUMULATIVE"];

    /// <summary>Words of a column that say it is the month.</summary>
    public static IReadOnlyList<string> Month { get; } = ["本月", "当月", "本期", "CURRENTMONTH", "THISMONTH", "MONTHLY"];

    /// <summary>Headers in full that files use for other things too.</summary>
    public static IReadOnlySet<string> Ambiguous { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "企业", "单位", "指标", "类别", "状态", "操作", "动作", "COMPANY", "FIRM", "UNIT", "INDICATOR", "STATUS", "ACTION" };

    /// <summary>Headers in full; the first of each is the one we write.</summary>
    public static IReadOnlyDictionary<FileField, string[]> Words { get; } = new Dictionary<FileField, string[]>
    {
        [FileField.Enterprise] =
        [
            "统一社会信用代码", "企业代码", "组织机构代码", "单位代码", "法人单位代码", "信用代码", "社会信用代码", "纳税人识别号", "企业",
            "ENTERPRISE", "ENTERPRISEID", "ENTERPRISECODE", "USCC", "CREDITCODE", "COMPANY", "COMPANYID", "FIRM", "PARTITAIVA", "PIVA", "LEI",
        ],
        [FileField.Period] = ["报告期", "报告月份", "所属期", "月份", "年月", "统计月份", "期别", "时间", "日期", "PERIOD", "MONTH", "REFERENCEMONTH", "TIMEPERIOD", "DATE", "PERIODO", "MESE"],
        [FileField.Feed] = ["报表类别", "报表", "指标", "指标名称", "类别", "FEED", "INDICATOR", "MEASURE"],
        [FileField.Value] = ["数值", "金额", "本月数", "指标值", "VALUE", "AMOUNT", "OBSVALUE", "VALORE"],
        [FileField.Unit] = ["计量单位", "单位", "UNIT", "UNITMEASURE", "UNITOFMEASURE"],
        [FileField.Currency] = ["币种", "货币", "CURRENCY", "CCY"],
        [FileField.Basis] = ["口径", "累计口径", "BASIS"],
        [FileField.Revision] = ["修订号", "修订", "REVISION"],
        [FileField.Status] = ["数据状态", "状态", "STATUS", "OBSSTATUS"],
        [FileField.Nil] = ["零报告", "零报", "NIL", "NILRETURN"],
        [FileField.Note] = ["备注", "说明", "NOTE", "NOTES", "REMARK", "REMARKS", "COMMENT"],
        [FileField.Action] = ["操作", "动作", "ACTION"],
        [FileField.Output] = ["工业总产值", "总产值", "产值", "现价总产值", "现价工业总产值", "OUTPUT", "OUTPUTVALUE", "GROSSOUTPUT", "GROSSOUTPUTVALUE", "GROSSINDUSTRIALOUTPUT", "PRODUCTION"],
        [FileField.Export] = ["出口交货值", "出口额", "出口总额", "出口值", "出口", "EXPORT", "EXPORTS", "EXPORTVALUE", "EXPORTDELIVERYVALUE"],
        [FileField.Employment] =
        [
            "从业人员平均人数", "从业人员期末人数", "从业人员", "从业人数", "期末从业人员", "平均用工人数", "用工人数", "职工人数", "期末人数",
            "EMPLOYMENT", "EMPLOYEES", "PERSONS", "PERSONSEMPLOYED", "HEADCOUNT", "STAFF", "ADDETTI",
        ],
        [FileField.Source] = ["来源国别地区", "来源国别", "来源地", "投资来源地", "投资方国别", "国别地区", "SOURCE", "SOURCEECONOMY", "SOURCECOUNTRY", "COUNTRY", "ORIGIN"],
        [FileField.UltimateSource] = ["最终来源地", "最终来源国别地区", "最终投资来源地", "ULTIMATESOURCE", "ULTIMATESOURCEECONOMY", "ULTIMATECOUNTRY"],
        [FileField.Investor] = ["投资方", "投资者", "外方投资者", "外方名称", "INVESTOR", "INVESTORNAME"],
        [FileField.Utilised] = ["实际使用外资", "实际利用外资", "实际使用外资金额", "实到外资", "到位外资", "UTILISED", "UTILIZED", "UTILISEDFDI", "UTILIZEDFDI", "FDI", "FDIUTILISED", "FDIUTILIZED", "ACTUALFDI"],
        [FileField.Contracted] = ["合同外资", "合同外资金额", "协议外资", "CONTRACTED", "CONTRACTEDFDI", "CONTRACTUALFDI"],
        [FileField.ProjectCount] = ["项目数", "项目个数", "外资项目数", "PROJECTS", "PROJECTCOUNT", "NUMBEROFPROJECTS"],
        [FileField.Supplier] = ["供应商", "供应商代码", "供应商信用代码", "供应商统一社会信用代码", "配套企业", "配套企业代码", "SUPPLIER", "SUPPLIERID", "SUPPLIERENTERPRISE"],
        [FileField.SupplierCode] = ["未登记供应商代码", "未登记供应商", "SUPPLIERCODE", "UNREGISTEREDCODE", "UNREGISTEREDSUPPLIER"],
        [FileField.SupplierRegion] = ["供应商区划", "供应商区划代码", "供应商所在区划", "采购地区划代码", "SUPPLIERREGION"],
        [FileField.SupplierEconomy] = ["供应商国别地区", "进口来源地", "SUPPLIERECONOMY", "SUPPLIERCOUNTRY"],
        [FileField.Purchases] = ["采购额", "采购金额", "配套采购额", "PURCHASES", "PURCHASEVALUE", "PURCHASEDVALUE"],
    };

    /// <summary>The field of each word.</summary>
    public static IReadOnlyDictionary<string, FileField> ByWord { get; } =
        Words.SelectMany(w => w.Value.Select(word => (word, w.Key))).ToDictionary(w => w.word, w => w.Key, StringComparer.Ordinal);
}
