using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Explain;

/// <summary>What changed a figure, for people.</summary>
internal sealed class ExplanationView(ExplainChangeResponse answer)
{
    public void Show(IAnsiConsole console)
    {
        var (then, now) = (answer.Then, answer.Now);
        if (!answer.HasChange)
        {
            console.WriteLine(
                $"{now.Name} has no change of {now.Id()} to explain · 无可分解的变动: {Words(then)} to {Words(now)}.");
            return;
        }
        console.WriteLine($"{now.Name} {now.Id()}{now.LabelWords()}: {Words(then)} to {Words(now)}, change {FigureWords.Number(answer.Change)} · 变动");
        var ratio = answer.Parts.Any(p => p.HasNumeratorEffect);
        var sums = answer.Parts.Any(p => p.OperandsThen.Count + p.OperandsNow.Count > 0);
        var table = new Table().Title($"Contributions, method {Method()} · 贡献").AddColumns("part · 部分", "名称", "name");
        var events = answer.Parts.Any(p => p.Events.Count > 0);
        string[] numbers =
        [
            "contribution · 贡献", .. ratio ? (string[])["numerator · 分子", "denominator · 分母"] : [],
            .. sums ? (string[])["then · 基期", "now · 当期"] : [],
        ];
        foreach (var column in numbers)
            table.AddColumn(new TableColumn(column).RightAligned());
        if (events)
            table.AddColumn("what happened · 变更");
        foreach (var part in answer.Parts)
        {
            table.AddRow(
            [
                new Text(part.Name), new Text(part.DisplayName.Zh), new Text(part.DisplayName.En), new Text(FigureWords.Number(part.Contribution)),
                .. ratio ? (Text[])[Effect(part.HasNumeratorEffect, part.NumeratorEffect), Effect(part.HasDenominatorEffect, part.DenominatorEffect)] : [],
                .. sums ? (Text[])[new(Operands(part.OperandsThen)), new(Operands(part.OperandsNow))] : [],
                .. events ? (Text[])[new(string.Join('\n', part.Events.Select(Words)))] : [],
            ]);
        }
        console.Write(table);
        console.WriteLine("The contributions add up to the change. · 各部分贡献之和等于变动。");
    }

    private static Text Effect(bool has, double value) => new(has ? FigureWords.Number(value) : "");

    private string Method() => answer.Method.ToString().ToUpperInvariant();

    /// <summary>Such as <c>2004-03 moved in 迁入: regions/441900 → regions/320505</c>.</summary>
    private static string Words(EnterpriseEvent happened)
    {
        var what = happened.What switch
        {
            EnterpriseEventKind.MovedIn => "moved in 迁入",
            EnterpriseEventKind.MovedOut => "moved out 迁出",
            EnterpriseEventKind.MovedWithin => "moved within 区内迁移",
            EnterpriseEventKind.Born => "registered 新登记",
            EnterpriseEventKind.Closed => "closed 关闭",
            EnterpriseEventKind.Reopened => "reopened 恢复",
            EnterpriseEventKind.ChangedOwnership => "changed ownership 变更登记类型",
            EnterpriseEventKind.Reclassified => "reclassified 变更行业",
            _ => happened.What.ToString(),
        };
        var ends = (string[])[happened.From, happened.To];
        return $"{happened.Period} {what}: {string.Join(" → ", ends.Where(e => e.Length > 0))}";
    }

    private static string Words(Observation figure) => (figure.Period.Length == 0 ? "" : figure.Period + " ")
        + figure.ValueWords();

    private static string Operands(IEnumerable<Operand> operands) => string.Join(" / ", operands.Select(o => FigureWords.Number(o.Value)));
}
