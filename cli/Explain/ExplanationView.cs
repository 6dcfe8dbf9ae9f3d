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
        string[] numbers =
        [
            "contribution · 贡献", .. ratio ? (string[])["numerator · 分子", "denominator · 分母"] : [],
            .. sums ? (string[])["then · 基期", "now · 当期"] : [],
        ];
        foreach (var column in numbers)
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var part in answer.Parts)
        {
            table.AddRow(
            [
                new Text(part.Name), new Text(part.DisplayName.Zh), new Text(part.DisplayName.En), new Text(FigureWords.Number(part.Contribution)),
                .. ratio ? (Text[])[Effect(part.HasNumeratorEffect, part.NumeratorEffect), Effect(part.HasDenominatorEffect, part.DenominatorEffect)] : [],
                .. sums ? (Text[])[new(Operands(part.OperandsThen)), new(Operands(part.OperandsNow))] : [],
            ]);
        }
        console.Write(table);
        console.WriteLine("The contributions add up to the change. · 各部分贡献之和等于变动。");
    }

    private static Text Effect(bool has, double value) => new(has ? FigureWords.Number(value) : "");

    private string Method() => answer.Method.ToString().ToUpperInvariant();

    private static string Words(Observation figure) => (figure.Period.Length == 0 ? "" : figure.Period + " ")
        + figure.ValueWords();

    private static string Operands(IEnumerable<Operand> operands) => string.Join(" / ", operands.Select(o => FigureWords.Number(o.Value)));
}
