using System.Globalization;
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
                $"{now.Name} has no change of {Id(now)} to explain · 无可分解的变动: {Words(then)} to {Words(now)}.");
            return;
        }
        console.WriteLine($"{now.Name} {Id(now)}{Labels(now)}: {Words(then)} to {Words(now)}, change {Number(answer.Change)} · 变动");
        var ratio = answer.Parts.Any(p => p.HasNumeratorEffect);
        var table = new Table().Title($"Contributions, method {Method()} · 贡献").AddColumns("part · 部分", "名称", "name");
        foreach (var column in (string[])["contribution · 贡献", .. ratio ? (string[])["numerator · 分子", "denominator · 分母"] : [], "then · 基期", "now · 当期"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var part in answer.Parts)
        {
            table.AddRow(
            [
                new Text(part.Name), new Text(part.DisplayName.Zh), new Text(part.DisplayName.En), new Text(Number(part.Contribution)),
                .. ratio ? (Text[])[Effect(part.HasNumeratorEffect, part.NumeratorEffect), Effect(part.HasDenominatorEffect, part.DenominatorEffect)] : [],
                new Text(Operands(part.OperandsThen)), new Text(Operands(part.OperandsNow)),
            ]);
        }
        console.Write(table);
        console.WriteLine("The contributions add up to the change. · 各部分贡献之和等于变动。");
    }

    private static Text Effect(bool has, double value) => new(has ? Number(value) : "");

    private string Method() => answer.Method.ToString().ToUpperInvariant();

    private static string Id(Observation figure) => figure.Indicator["indicators/".Length..];

    private static string Labels(Observation figure) => figure.Labels.Count == 0
        ? ""
        : $"{{{string.Join(',', figure.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))}}}";

    private static string Words(Observation figure) => (figure.Period.Length == 0 ? "" : figure.Period + " ")
        + (figure.FigureCase == Observation.FigureOneofCase.Value ? Number(figure.Value) : figure.Unavailable.ToString());

    private static string Operands(IEnumerable<Operand> operands) => string.Join(" / ", operands.Select(o => Number(o.Value)));

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
