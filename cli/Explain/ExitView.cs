using ClusterPulse.Cli.Language;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Explain;

/// <summary>What figures would be, for people: those alone that would be others.</summary>
internal sealed class ExitView(SimulateExitRequest request, SimulateExitResponse answer)
{
    public void Show(IAnsiConsole console)
    {
        var changed = answer.Figures.Where(f => !f.Now.IsSameAs(f.Without)).ToList();
        var who = request.SourceEconomy + request.Industry + request.Enterprise + request.Investor;
        if (changed.Count == 0)
        {
            console.WriteLine(Words.Of($"若无 {who}，{request.Name} 的各指标不变。", $"No figure of {request.Name} would be another without {who}."));
            return;
        }
        var table = new Table().Title(Markup.Escape(Words.Of($"{request.Name} 若无 {who}", $"{request.Name} without {who}"))).AddColumns(
            Words.Of("指标", "indicator"), Words.Of("月份", "month"));
        foreach (var column in (string[])[Words.Of("现值", "now"), Words.Of("退出后", "without"), Words.Of("变动", "change")])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var figure in changed)
        {
            table.AddRow(
                new Text(figure.Now.Id() + figure.Now.LabelWords()), new Text(figure.Now.Period), new Text(figure.Now.ValueWords()),
                new Text(figure.Without.ValueWords()), new Text(figure.HasChange ? FigureWords.Number(figure.Change) : ""));
        }
        console.Write(table);
        console.WriteLine(Words.Of(
            $"其余 {answer.Figures.Count - changed.Count} 个指标不变。", $"{answer.Figures.Count - changed.Count} figures would stay as they are."));
    }
}
