using System.Globalization;
using ClusterPulse.Cli.Language;
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
                Words.Of(
                    $"{now.Name} 的 {now.Id()} 无可分解的变动：{Said(then)} 至 {Said(now)}。",
                    $"{now.Name} has no change of {now.Id()} to explain: {Said(then)} to {Said(now)}."));
            return;
        }
        console.WriteLine(Words.Of(
            $"{now.Name} {now.Id()}{now.LabelWords()}：{Said(then)} 至 {Said(now)}，变动 {FigureWords.Number(answer.Change)}",
            $"{now.Name} {now.Id()}{now.LabelWords()}: {Said(then)} to {Said(now)}, change {FigureWords.Number(answer.Change)}"));
        if (answer.HasSuspectShare)
        {
            var percent = string.Create(CultureInfo.InvariantCulture, $"{answer.SuspectShare * 100:0.##}");
            console.WriteLine(Words.Of($"存疑报送占变动的 {percent} %（同口径）。", $"Suspect reports hold {percent} % of the change, comparable basis."));
        }
        var ratio = answer.Parts.Any(p => p.HasNumeratorEffect);
        var sums = answer.Parts.Any(p => p.OperandsThen.Count + p.OperandsNow.Count > 0);
        var table = new Table().Title(Words.Of($"各部分的贡献，方法 {Method()}", $"Contributions, method {Method()}")).AddColumns(Words.Of("部分", "part"), "名称", "name");
        var events = answer.Parts.Any(p => p.Events.Count > 0);
        string[] numbers =
        [
            Words.Of("贡献", "contribution"), .. ratio ? (string[])[Words.Of("分子", "numerator"), Words.Of("分母", "denominator")] : [],
            .. sums ? (string[])[Words.Of("基期", "then"), Words.Of("当期", "now")] : [],
        ];
        foreach (var column in numbers)
            table.AddColumn(new TableColumn(column).RightAligned());
        if (events)
            table.AddColumn(Words.Of("变更", "what happened"));
        foreach (var part in answer.Parts)
        {
            table.AddRow(
            [
                new Text(part.Name), new Text(part.DisplayName.Zh), new Text(part.DisplayName.En), new Text(FigureWords.Number(part.Contribution)),
                .. ratio ? (Text[])[Effect(part.HasNumeratorEffect, part.NumeratorEffect), Effect(part.HasDenominatorEffect, part.DenominatorEffect)] : [],
                .. sums ? (Text[])[new(Operands(part.OperandsThen)), new(Operands(part.OperandsNow))] : [],
                .. events ? (Text[])[new(string.Join('\n', part.Events.Select(Said)))] : [],
            ]);
        }
        console.Write(table);
        console.WriteLine(Words.Of("各部分贡献之和等于变动。", "The contributions add up to the change."));
    }

    private static Text Effect(bool has, double value) => new(has ? FigureWords.Number(value) : "");

    private string Method() => answer.Method.ToString().ToUpperInvariant();

    /// <summary>Such as <c>2004-03 moved in: regions/441900 → regions/320505</c>.</summary>
    private static string Said(EnterpriseEvent happened)
    {
        var what = happened.What switch
        {
            EnterpriseEventKind.MovedIn => Words.Of("迁入", "moved in"),
            EnterpriseEventKind.MovedOut => Words.Of("迁出", "moved out"),
            EnterpriseEventKind.MovedWithin => Words.Of("区内迁移", "moved within"),
            EnterpriseEventKind.Born => Words.Of("新登记", "registered"),
            EnterpriseEventKind.Closed => Words.Of("关闭", "closed"),
            EnterpriseEventKind.Reopened => Words.Of("恢复", "reopened"),
            EnterpriseEventKind.ChangedOwnership => Words.Of("变更登记类型", "changed ownership"),
            EnterpriseEventKind.Reclassified => Words.Of("变更行业", "reclassified"),
            _ => happened.What.ToString(),
        };
        var ends = (string[])[happened.From, happened.To];
        return $"{happened.Period} {what}: {string.Join(" → ", ends.Where(e => e.Length > 0))}";
    }

    private static string Said(Observation figure) => (figure.Period.Length == 0 ? "" : figure.Period + " ")
        + figure.ValueWords();

    private static string Operands(IEnumerable<Operand> operands) => string.Join(" / ", operands.Select(o => FigureWords.Number(o.Value)));
}
