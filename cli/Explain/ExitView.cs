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
            console.WriteLine($"No figure of {request.Name} would be another without {who}. · 各指标不变。");
            return;
        }
        var table = new Table().Title($"{Markup.Escape(request.Name)} without {Markup.Escape(who)} · 假设退出").AddColumns("indicator · 指标", "month · 月份");
        foreach (var column in (string[])["now · 现值", "without · 退出后", "change · 变动"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var figure in changed)
        {
            table.AddRow(
                new Text(figure.Now.Id() + figure.Now.LabelWords()), new Text(figure.Now.Period), new Text(figure.Now.ValueWords()),
                new Text(figure.Without.ValueWords()), new Text(figure.HasChange ? FigureWords.Number(figure.Change) : ""));
        }
        console.Write(table);
        console.WriteLine($"{answer.Figures.Count - changed.Count} figures would stay as they are. · 其余指标不变。");
    }
}
