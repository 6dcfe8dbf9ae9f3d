using System.Collections.Frozen;
using ClusterPulse.Ingest;

namespace ClusterPulse.Validation;

/// <summary>What a reason means and what to do about it.</summary>
public sealed record Reason(string Name, string RuleEn, string RuleZh, string AdviceEn, string AdviceZh, bool IsWarning = false);

/// <summary>The one catalogue of reasons; <c>docs/reasons.md</c> shows the same.</summary>
public static class ReasonCatalogue
{
    public static IReadOnlyList<Reason> All { get; } =
    [
        new(Reasons.MissingField, "The field is required.", "该字段必填。", "Fill it in.", "请补充。"),
        new(Reasons.MalformedName, "The name must be {scheme}-{code} with scheme uscc, org, piva or lei.", "名称须为 {scheme}-{code}，scheme 为 uscc、org、piva 或 lei。", "Correct the name.", "请更正名称。"),
        new(Reasons.MalformedBureau, "A bureau is bureaus/{bureau}, 1 to 60 characters of a-z, 0-9 and -.", "统计机构须为 bureaus/{bureau}，由 1 至 60 位 a-z、0-9、- 组成。", "Correct the name, for example bureaus/3205.", "请更正，如 bureaus/3205。"),
        new(Reasons.MalformedSubmission, "A submission is bureaus/{bureau}/submissions/{submission}, 1 to 100 characters of a-z, 0-9, - _ and ., but not - alone, which stands for all.", "报送批次须为 bureaus/{bureau}/submissions/{submission}，由 1 至 100 位 a-z、0-9、- _ . 组成，但不得仅为 -（表示全部）。", "Correct the name.", "请更正名称。"),
        new(Reasons.MalformedReceipt, "A receipt is bureaus/{bureau}/submissions/{submission}/receipts/{offset}, with the row its batch begins at.", "回执须为 bureaus/{bureau}/submissions/{submission}/receipts/{offset}，offset 为该批次的首行。", "Correct the name; ListReceipts shows those there are.", "请更正名称；现有回执见 ListReceipts。"),
        new(Reasons.MalformedChecksum, "A SHA-256 is 64 hexadecimal digits, in lower or upper case.", "SHA-256 须为 64 位十六进制数字，大小写均可。", "Correct it, or leave it out.", "请更正或留空。"),
        new(Reasons.MalformedRequestId, "A request id has 1 to 92 characters of a-z, 0-9, - _ and .; upper case is folded.", "请求标识由 1 至 92 位 a-z、0-9、- _ . 组成，大写视同小写。", "Use a UUID, for example.", "建议使用 UUID。"),
        new(Reasons.MalformedEstate, "An estate's id has 1 to 60 characters of a-z, 0-9 and -.", "园区标识由 1 至 60 位 a-z、0-9、- 组成。", "Correct the id.", "请更正标识。"),
        new(Reasons.MalformedDefinition, "A cluster definition's id has 2 to 60 characters of a-z, 0-9 and - and begins with a letter.", "集群定义标识由 2 至 60 位 a-z、0-9、- 组成，以字母开头。", "Correct the id.", "请更正标识。"),
        new(Reasons.OverlappingIndustry, "No industry of a definition may lie inside another or stand there twice.", "同一定义内的行业代码不得互相包含或重复。", "Leave out the longer code, or the second.", "请删去较长的或重复的代码。"),
        new(Reasons.UnknownCluster, "The cluster must be a GB/T 4754 code of two to four digits or the id of a cluster definition; - means the region itself.", "集群须为 GB/T 4754 的 2 至 4 位代码或集群定义标识；- 表示区域本身。", "Correct it, or make the definition first.", "请更正，或先创建集群定义。"),
        new(Reasons.UnknownIndicator, "The indicator must be one of ListIndicators.", "指标须在指标目录中。", "List the indicators.", "请查询指标目录。"),
        new(Reasons.UnknownPolicy, "The policy must be one of ListAlertPolicies.", "预警规则须在规则目录中。", "List the policies.", "请查询规则目录。"),
        new(Reasons.MalformedRivalSet, "A rival set's id has 1 to 60 characters of a-z, 0-9 and -.", "竞争区域组标识由 1 至 60 位 a-z、0-9、- 组成。", "Correct the id.", "请更正标识。"),
        new(Reasons.TooFewRivals, "A rival set has at least two regions.", "竞争区域组至少包含两个区域。", "Name the regions that compete.", "请填写相互竞争的区域。"),
        new(Reasons.TooMany, "There are more entries than the field takes.", "条目数超出上限。", "Leave some out: a rival set has at most 50 regions, 10 sources and 10 industries.", "请减少条目：竞争区域组至多 50 个区域、10 个来源地、10 个行业。"),
        new(Reasons.RivalWithin, "No region of a rival set may be another one of it or lie in one.", "竞争区域组内各区域不得重复或互相包含。", "Leave one of the two out.", "请去掉其中之一。"),
        new(Reasons.RivalElsewhere, "The regions of a rival set lie in one nation, below it.", "竞争区域组内各区域须同属一国，且低于国家级。", "Name regions of one nation.", "请填写同一国家的区域。"),
        new(Reasons.RivalTaken, "A region is in one rival set at most.", "一个区域至多属于一个竞争区域组。", "Change or delete the other set first; ListRivalSets shows it.", "请先修改或删除另一组；另一组见 ListRivalSets。"),
        new(Reasons.UnknownField, "The field is not one that can be named here.", "此处不可使用该字段。", "Correct the field.", "请更正字段。"),
        new(Reasons.MalformedToken, "The token is not one that the server gave.", "令牌无效。", "Leave it out to begin anew.", "请去掉令牌重新开始。"),
        new(Reasons.AmbiguousLabels, "The labels must name one figure of the indicator.", "标签须唯一确定该指标的一个数值。", "Give labels such as measure=output; GetHealth shows those of each figure.", "请补充标签，如 measure=output；各数值的标签见 GetHealth。"),
        new(Reasons.NotExplained, "The indicator must not count months running, nor tell where the place stands among all regions: no part of the place changes these by some share.", "指标不得为连续期数，也不得为本地区在全部地区中的位次：其变动无法归于各部分。", "Explain what it counts, such as fdi_share_change.", "请分解其所依据的指标，如 fdi_share_change。"),
        new(Reasons.UnknownDivision, "The industry must be a division: two digits of GB/T 4754, or NACE and two digits.", "行业须为大类代码：GB/T 4754 的 2 位代码，或 NACE 加 2 位数字。", "Name the division, for example 39 or NACE13.", "请填写大类代码，如 39、NACE13。"),
        new(Reasons.OutOfBounds, "The value is outside its bounds.", "数值超出允许范围。", "Correct the value.", "请更正数值。"),
        new(Reasons.MalformedCreditCode, "A unified social credit code has 18 characters of 0-9 and A-Z without I, O, S, V, Z.", "统一社会信用代码为 18 位，由 0-9 与 A-Z（不含 I、O、S、V、Z）组成。", "Correct the code.", "请核对代码。"),
        new(Reasons.BadCheckCharacter, "The 18th character must fit the first 17 (GB 32100-2015, mod 31).", "第 18 位校验码须与前 17 位相符（GB 32100-2015）。", "A character is mistyped: compare with the licence.", "代码有误，请对照营业执照。"),
        new(Reasons.MalformedPartitaIva, "A Partita IVA has 11 digits.", "意大利增值税号（Partita IVA）为 11 位数字。", "Correct the number, without IT before it.", "请更正，不带前缀 IT。"),
        new(Reasons.BadPartitaIvaDigit, "The 11th digit must fit the first ten (Luhn).", "第 11 位校验码须与前 10 位相符（Luhn 算法）。", "A digit is mistyped: compare with the register.", "号码有误，请对照登记信息。"),
        new(Reasons.NotOfCountry, "The identity scheme, the industry and the ownership must be those of the country that the region lies in.", "标识类型、行业代码与所有制须为该区域所在国家所用。", "See docs/country-packs.md for what each country uses.", "各国所用见 docs/country-packs.md。"),
        new(Reasons.UnknownFeed, "The feed must be output, export, employment, fdi or linkage.", "报表类别须为产值、出口、从业人员、外资或配套采购。", "Name the feed.", "请填写报表类别。"),
        new(Reasons.FeedNotAccepted, "The feed activity is not accepted yet.", "暂不接受其他活动类报表。", "Leave the report out.", "请勿报送。"),
        new(Reasons.MalformedPeriod, "A period is a month, YYYY-MM.", "报告期为月份，格式 YYYY-MM。", "Correct the period.", "请更正报告期。"),
        new(Reasons.FuturePeriod, "The period must not be in the future.", "报告期不得晚于当前月份。", "Report it once the month has come.", "请待该月到来后报送。"),
        new(Reasons.PeriodTooEarly, "Periods begin with 1990-01.", "报告期自 1990-01 起。", "Correct the period.", "请更正报告期。"),
        new(Reasons.BasisNotSupported, "Employment and linkage are reported by month only.", "从业人员与配套采购只按当月报送。", "Send the month's own figure.", "请报送当月数。"),
        new(Reasons.BadRevision, "A revision is 1 or more; leave it out for the next one.", "修订号须不小于 1，缺省为下一修订号。", "Correct the revision.", "请更正修订号。"),
        new(Reasons.BodyMismatch, "The body must be that of the feed, and a nil report has none.", "报表内容须与报表类别一致，零报告不得有内容。", "Send the body of the feed, or nil.", "请更正内容或改为零报告。"),
        new(Reasons.NegativeValue, "The value must not be negative.", "数值不得为负。", "Correct the value; for a refund send a revision of the month it belongs to.", "请更正数值；退回金额请修订所属月份。"),
        new(Reasons.UnknownCurrency, "The currency must be an ISO 4217 code.", "币种须为 ISO 4217 代码。", "Correct the currency, for example CNY or USD.", "请更正币种，如 CNY、USD。"),
        new(Reasons.UnknownEconomy, "The economy must be an ISO 3166 alpha-2 code.", "国家（地区）须为 ISO 3166 两位字母代码。", "Correct the code, for example TW, HK or JP.", "请更正代码，如 TW、HK、JP。"),
        new(Reasons.UnknownRegion, "The region must be a code of a country's tree (GB/T 2260 and its extension; ISTAT with IT before it).", "区域须为某国区划代码（GB/T 2260 及统计扩展；意大利为 IT 加 ISTAT 代码）。", "List the regions of the parent to find the code.", "请查询上级区域的下辖代码。"),
        new(Reasons.DividedRegion, "The region was divided: several of today came in its place.", "该区域已拆分，现由多个区域承接。", "Name the one of today that it is in.", "请填写现所在区域的代码。"),
        new(Reasons.UnknownEstate, "The estate must be registered.", "园区须已登记。", "Create the estate first.", "请先登记园区。"),
        new(Reasons.UnknownIndustry, "The industry must be a code of GB/T 4754 (two to four digits) or of NACE (NACE and two or three digits).", "行业须为 GB/T 4754 的 2 至 4 位代码，或 NACE 加 2 至 3 位数字。", "Correct the code.", "请更正行业代码。"),
        new(Reasons.UnknownOwnership, "The ownership must be given.", "须填写登记注册类型。", "Name the ownership.", "请填写登记注册类型。"),
        new(Reasons.UnknownSize, "The size must be large, medium, small or micro.", "企业规模须为大型、中型、小型或微型。", "Correct it, or leave it out.", "请更正或留空。"),
        new(Reasons.UnknownSuccessor, "A successor is another enterprise that is registered, and not closed, from that month on, of one that closes then.", "承接企业须为另一家自该月起已登记且未注销的企业，且仅在注销时填写。", "Register the successor first, or correct its name.", "请先登记承接企业，或更正其名称。"),
        new(Reasons.UnknownState, "The state must be reported, nil, open, late or overdue.", "状态须为已报、零报告、未到期、迟报或逾期。", "Correct the state.", "请更正状态。"),
        new(Reasons.MalformedRule, "An obligation rule's id has 1 to 60 characters of a-z, 0-9 and -.", "报送义务规则标识由 1 至 60 位 a-z、0-9、- 组成。", "Correct the id.", "请更正标识。"),
        new(Reasons.MalformedDay, "A day is YYYY-MM-DD; the due day of a month comes after it has ended.", "日期格式为 YYYY-MM-DD；某月的截止日须在该月结束之后。", "Correct the day.", "请更正日期。"),
        new(Reasons.EstateClosed, "The estate exists no more in that month.", "该园区在该月已不存在。", "Name another estate, or none.", "请更正园区或留空。"),
        new(Reasons.MixedRows, "A message holds either whole profiles or changes of profiles.", "同一消息只能包含完整档案或档案变更之一。", "Send them in messages of their own.", "请分开发送。"),
        new(Reasons.UnknownWord, "The cell must be one of the words that its column takes.", "单元格须为该列的用词之一。", "Correct the word.", "请更正用词。"),
        new(Reasons.TooLong, "The text is longer than the field takes.", "文本超长。", "Shorten it.", "请缩短。"),
        new(Reasons.BadCharacter, "The text must not hold control characters or halves of characters.", "文本不得含控制字符或不完整的字符。", "Remove them; check the encoding of the file.", "请删除，并检查文件编码。"),
        new(Reasons.RepeatedLine, "Two lines name the same thing.", "存在重复行。", "Add them up into one line.", "请合并为一行。"),
        new(Reasons.UnregisteredEnterprise, "The reporting enterprise must be registered.", "报送企业须已登记。", "Register it (ImportEnterprises), then send the report.", "请先登记企业再报送。"),
        new(Reasons.NotRegisteredInPeriod, "The enterprise's first profile begins after the period.", "企业档案的生效月份晚于报告期。", "Correct the period, or register a profile that is valid from it.", "请更正报告期，或补充该月起生效的档案。"),
        new(Reasons.ConflictingRevision, "The same revision is stored with other content.", "同一修订号已存有不同内容。", "Send the correction with a higher revision.", "请以更高的修订号报送更正。"),
        new(Reasons.NotYourDivision, "The enterprise must lie, in that month, in one of the sender's divisions.", "企业在该月须位于报送方所辖区域内。", "Leave the row to the bureau of its region; ask the operator if the division is yours.", "请由企业所在区域的统计机构报送；如确属本机构所辖，请联系系统管理员。"),
        new(Reasons.NotYourFeed, "The feed must be one that the sender is entered for.", "报表类别须为报送方获准报送的类别。", "Leave the row out; ask the operator if the feed is yours.", "请勿报送该行；如确属本机构职责，请联系系统管理员。"),
        new(Reasons.UnknownFormat, "The file must be CSV, .xlsx or SDMX-CSV with a line that names the enterprise, the period and a value.", "文件须为 CSV、.xlsx 或 SDMX-CSV，并有列名行注明企业、报告期和数值。", "Export it again, or run clusterpulse map FILE --save and complete the mapping.", "请重新导出，或运行 clusterpulse map FILE --save 并补充映射。"),
        new(Reasons.DamagedFile, "The file must be whole.", "文件须完整。", "Export or download the file again.", "请重新导出或下载该文件。"),
        new(Reasons.ExpandsTooFar, "Compressed content expands to at most 64 MiB or 200 times its size.", "压缩内容展开后不得超过 64 MiB 或原大小的 200 倍。", "Unpack it and look; if it is data, send it without compression.", "请解压后检查；如确为数据，请不压缩报送。"),
        new(Reasons.UnreadableText, "Text must be UTF-8 or GB18030, without control characters.", "文本须为 UTF-8 或 GB18030 编码，不含控制字符。", "Save the file again with one of these encodings.", "请以上述编码之一重新保存。"),
        new(Reasons.MalformedRow, "A row has as many cells as there are columns, and cells that hold a quote are quoted.", "每行单元格数须与列数一致，含引号的单元格须加引号。", "Correct the row: a separator or a quote is missing, or stands where none belongs.", "请更正该行：分隔符或引号缺失或多余。"),
        new(Reasons.MalformedNumber, "A number has digits, with or without thousand separators and decimals.", "数值须为数字，可带千位分隔符和小数。", "Type the number out: no formula, no exponent, no words.", "请直接填写数字，不用公式、科学计数法或文字。"),
        new(Reasons.TooPrecise, "The value must be whole in minor units of its currency, or in persons.", "数值换算后须为币种最小单位或人数的整数。", "Check the unit, or round the value as the bureau does.", "请核对计量单位，或按规定取整。"),
        new(Reasons.UnknownUnit, "The unit must be known and one of money for values, of persons for employment.", "计量单位须可识别：金额用货币单位，人数用人员单位。", "Say the unit in the header, as 产值(千元), in a column or in the mapping; docs/files.md lists them.", "请在列名（如 产值(千元)）、单位列或映射中注明，单位表见 docs/files.md。"),
        new(Reasons.InconsistentRows, "The rows of one report stand one after the other, all can be read, and agree in basis, revision, status and note.", "同一报表的各行须相邻、均可读取，且口径、修订号、状态和备注一致。", "Sort the file by enterprise and period, mend its rows, and send all rows of the report again.", "请按企业和报告期排序，更正各行，并重新报送该报表的全部行。"),
        new(Reasons.UnknownStructure, "An SDMX row names the structure CLUSTERPULSE:REPORTS(1.0) and an action of I, A, R, M or D.", "SDMX 行须注明结构 CLUSTERPULSE:REPORTS(1.0) 及动作 I、A、R、M 或 D。", "Correct the row; docs/sdmx holds the structure.", "请更正；结构定义见 docs/sdmx。"),
        new(Reasons.MergedRegion, "The code of the region is a former one; the enterprise is taken to be in the region that came in its place.", "区划代码已停用，按承接区域登记。", "Nothing to do; use the new code from now on.", "无需处理；今后请使用新代码。", IsWarning: true),
        new(Reasons.BadOrganisationDigit, "The organisation code within the credit code does not fit its check digit (mod 11).", "信用代码中的组织机构代码校验位不符。", "Compare with the licence.", "请对照营业执照。", IsWarning: true),
        new(Reasons.SupersededRevision, "A higher revision is stored already.", "已存有更高的修订号。", "Nothing to do.", "无需处理。", IsWarning: true),
        new(Reasons.WithdrawnRevision, "This revision is stored and was taken back; it counts as never made.", "该修订已入库并被撤回，视同未报。", "To have it count again, send it with a higher revision, or with none.", "如需恢复，请以更高的修订号或不带修订号重新报送。", IsWarning: true),
        new(Reasons.UnusualChange, "The value is at least 300 times, or at most 1/300 of, the newest known of the three months before; or at least 10 times, or at most a tenth of, both that and the same month a year ago; or exports are above the month's output.", "数值达前三个月中最近已知月份的 300 倍以上，或不足其 1/300；或达该月及上年同月的 10 倍以上，或不足其 1/10；或当月出口额大于当月产值。", "Check the unit (thousand, 万) and the value. If it is right, send it again as a revision with a note.", "请核对计量单位（千、万）和数值。如无误，请修订报送并附说明。", IsWarning: true),
        new(Reasons.OutlierAmongPeers, "The enterprise has no month before to compare with, and the value is at least ten times, or at most a tenth of, the median of 20 or more enterprises of the same division and size, with a modified z-score beyond 3.5 (of logarithms).", "该企业无前期可比数据，且数值达同大类同规模（不少于 20 家）企业中位数的 10 倍以上或不足其 1/10，对数值的修正 z 分数超过 3.5。", "Check the unit (thousand, 万), the value and the enterprise's industry and size. If it is right, send it again as a revision with a note.", "请核对计量单位（千、万）、数值及企业行业与规模。如无误，请修订报送并附说明。", IsWarning: true),
        new(Reasons.UnregisteredSupplier, "The supplier's code is not one of a register; it is taken as an unregistered code.", "供应商代码不规范，按未登记代码处理。", "Correct the code if you know it.", "如有规范代码请更正。", IsWarning: true),
        new(Reasons.NotObliged, "Enterprises of this ownership need not report the feed.", "该类企业无需报送此报表。", "Check the enterprise's ownership.", "请核对登记注册类型。", IsWarning: true),
        new(Reasons.AnotherBureauCounts, "The report of another bureau counts, which is nearer to the enterprise or was chosen by the centre; this one is stored and shown, but in no figure.", "以距企业更近一级的机构或中心指定机构的报表为准；本报表已入库可查，但不计入汇总。", "Nothing to do. If yours is right, ask the centre to choose it.", "无需处理。如应以本机构报表为准，请联系监测中心指定。", IsWarning: true),
    ];

    private static readonly FrozenDictionary<string, Reason> ByName = All.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);

    /// <summary>The reason of a name. During an upgrade a newer silo may give one that this build does not know.</summary>
    public static Reason Find(string name) => ByName.TryGetValue(name, out var known)
        ? known
        : new(name, "A rule of a newer build.", "新版本的规则。", "See the documentation of the newer build.", "请参阅新版本文档。");
}
