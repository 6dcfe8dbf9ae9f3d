using ClusterPulse.Cli.Language;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;

namespace ClusterPulse.Cli.Registry;

/// <summary>A row as the API takes it. What the server judges is given to it as it stands.</summary>
internal static class EnterpriseRows
{
    /// <summary>In a change: the field is emptied.</summary>
    private const string Nothing = "-";

    private static readonly string[] Fields =
    [
        "region", "estate", "industry", "ownership", "investor_economy", "hi_tech", "closed", "name_zh", "name_en", "controlling_enterprise",
        "size", "successor",
    ];

    /// <summary>The change; null where the problems keep it from being read.</summary>
    public static EnterpriseChange? Read(RegistryRow row, List<RegistryProblem> problems)
    {
        if (!row.IsWhole(problems))
            return null;
        var before = problems.Count;
        if (CellWords.Change(row.Cell(RegistryColumns.Change)) is not { } kind)
        {
            Wrong(RegistryColumns.Change, Reasons.UnknownWord, Words.Of(
                "变更类型须为登记、变更、迁移、注销或合并。", "The change must be register, update, move, close or merge."));
            return null;
        }
        var whole = kind == RowChange.Register;
        string Text(string field) => row.Cell(field) is var cell && cell == Nothing && !whole ? "" : row.Cell(field);

        var enterprise = new Enterprise
        {
            Name = CellWords.Enterprise(row.Cell("name")),
            ValidFrom = CellWords.Month(row.Cell("valid_from")),
            Region = Text("region"),
            Estate = Text("estate"),
            Industry = Text("industry"),
            InvestorEconomy = Text("investor_economy"),
            ControllingEnterprise = CellWords.Enterprise(Text("controlling_enterprise")),
            Successor = CellWords.Enterprise(Text("successor")),
            DisplayName = new() { Zh = Text("name_zh"), En = Text("name_en") },
            HiTech = Flag("hi_tech"),
            Closed = kind is RowChange.Close or RowChange.Merge || Flag("closed"),
        };
        if (Text("ownership") is { Length: > 0 } ownership)
        {
            if (OwnershipWords.Find(ownership) is { } known)
                enterprise.Ownership = known;
            else
                Wrong("ownership", Reasons.UnknownOwnership, Words.Of(
                    "须为国有、集体、私营、其他内资、港澳台或外商，或登记注册类型的名称，如私营有限责任公司。",
                    "It must be state, collective, private, other_domestic, hmt or foreign, or a type of registration by name, such as 私营有限责任公司."));
        }
        if (Text("size") is { Length: > 0 } size)
        {
            if (CellWords.Size(size) is { } known)
                enterprise.Size = known;
            else
                Wrong("size", Reasons.UnknownSize, Words.Of("须为大型、中型、小型或微型。", "It must be large, medium, small or micro."));
        }
        if (kind == RowChange.Merge && enterprise.Successor.Length == 0)
            Wrong("successor", Reasons.MissingField, Words.Of("合并须填写承接企业。", "A merger names the successor."));
        if (problems.Count > before)
            return null;
        return whole ? new() { Enterprise = enterprise } : new() { Enterprise = enterprise, UpdateMask = Mask(kind) };

        FieldMask Mask(RowChange change)
        {
            // Both halves of a name go together in the API.
            var named = Fields.Where(f => row.Cell(f).Length > 0).Select(f => f is "name_zh" or "name_en" ? "display_name" : f).ToHashSet(StringComparer.Ordinal);
            if (change is RowChange.Close or RowChange.Merge)
                named.UnionWith(["closed", "successor"]);
            // Without any the server says which field is missing.
            return new() { Paths = { named.Count == 0 ? ["valid_from"] : named } };
        }

        bool Flag(string field)
        {
            if (Text(field) is not { Length: > 0 } word)
                return false;
            if (CellWords.Flag(word) is { } flag)
                return flag;
            Wrong(field, Reasons.UnknownWord, Words.Of("须为是或否。", "It must be yes or no."));
            return false;
        }

        void Wrong(string field, string reason, string rule) => problems.Add(new(row.Line, row.Header(field), row.Cell(field), reason, rule));
    }
}
